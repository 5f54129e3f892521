import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readJournal } from '../../grade/journal-lines.ts';
import { printJson, verbArguments } from '../arguments.ts';
import { EXIT, UsageError } from '../command.ts';
import { gradePlace, takePlace } from './place.ts';
import { takeIn } from './take-in.ts';
import { courseIn, folderThere, needed, wantedPart } from './wishes.ts';

/** `grade plan DIR --out DIR`: takes the submissions in, and writes what is to be judged. */
export async function planOnly(args: readonly string[]): Promise<number> {
  const { values, positionals } = verbArguments('grade plan', args, {
    course: { type: 'string' },
    exercise: { type: 'string' },
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    out: { type: 'string' },
  });
  const dir = folderThere(positionals[0]);
  const out = needed('--out DIR', values.out);
  const place = gradePlace(resolve(out));
  if (dir === place.folder) throw new UsageError('--out must be another folder than that of the submissions');
  const part = wantedPart(values);
  const course = courseIn(values.course);
  using _place = takePlace(place);
  const journal = existsSync(place.journal) ? readJournal(place.journal) : [];
  const { rows, header } = await takeIn(place, { dir, part, course, journal });
  const { length: students } = header.students;
  if (values.json)
    printJson({ schema: 'tcplab/grade-planned/1', plan: place.plan, rows: rows.length, students });
  else
    console.log(
      [
        `${rows.length} ${rows.length === 1 ? 'run' : 'runs'} of ${students} ${students === 1 ? 'student' : 'students'} planned.`,
        `Next, here or where the same folder is: ./tcplab grade run --plan ${join(out, 'plan.jsonl')} --shard 1/1`,
      ].join('\n'),
    );
  return EXIT.passed;
}
