import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { makePlan } from '../../grade/make-plan.ts';
import { writePlan } from '../../grade/plan-file.ts';
import { printJson, verbArguments } from '../arguments.ts';
import { EXIT } from '../command.ts';
import { gradePlace } from './place.ts';
import { folderThere, listOf, needed, wantedExercises } from './wishes.ts';

/** `grade plan DIR --out DIR`: takes the submissions in, and writes what is to be judged. */
export async function planOnly(args: readonly string[]): Promise<number> {
  const { values, positionals } = verbArguments('grade plan', args, {
    exercise: { type: 'string' },
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    out: { type: 'string' },
  });
  const place = gradePlace(resolve(needed('--out DIR', values.out)));
  const dir = folderThere(positionals[0] ?? '');
  mkdirSync(place.folder, { recursive: true });
  const { plan } = await makePlan(dir, place.store, {
    exercises: wantedExercises(values.exercise),
    ...(values.only === undefined ? {} : { students: listOf(values.only) }),
  });
  writePlan(place.plan, plan);
  const { rows, header } = plan;
  if (values.json)
    printJson({
      schema: 'tcplab/grade-planned/1',
      plan: place.plan,
      rows: rows.length,
      students: header.students.length,
    });
  else
    console.log(
      `${rows.length} rows of ${header.students.length} students are planned in ${place.plan}. Next: ./tcplab grade run --plan ${place.plan} --shard 1/1`,
    );
  return EXIT.passed;
}
