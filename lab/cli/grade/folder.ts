import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gradeRows } from '../../grade/grade-rows.ts';
import { Journal } from '../../grade/journal.ts';
import { readJournal } from '../../grade/journal-lines.ts';
import { makePlan } from '../../grade/make-plan.ts';
import { writePlan } from '../../grade/plan-file.ts';
import { replaceFile } from '../../grade/replace-file.ts';
import { toDo } from '../../grade/settled.ts';
import { similarityFiles } from '../../grade/similarity/page.ts';
import { writeBook } from '../../grade/write-book.ts';
import { printJson, verbArguments } from '../arguments.ts';
import { EXIT, UsageError } from '../command.ts';
import { withSlots } from './judging.ts';
import { gradePlace } from './place.ts';
import { Progress } from './progress.ts';
import { summary, summaryLines } from './summary.ts';
import { toJudge } from './to-judge.ts';
import { courseIn, folderThere, jobsWanted, listOf, needed, wantedExercises } from './wishes.ts';

/** `grade DIR --out DIR`: intake, plan, judging and gradebook in one. @returns the exit code. */
export async function gradeFolder(args: readonly string[]): Promise<number> {
  const { values, positionals } = verbArguments('grade', args, {
    course: { type: 'string' },
    exercise: { type: 'string' },
    jobs: { type: 'string' },
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    out: { type: 'string' },
    release: { type: 'boolean', default: false },
    rerun: { type: 'string' },
  });
  const place = gradePlace(resolve(needed('--out DIR', values.out)));
  const dir = folderThere(positionals[0] ?? '');
  if (dir === place.folder) throw new UsageError('--out must be another folder than that of the submissions');
  const exercises = wantedExercises(values.exercise);
  const course = courseIn(values.course);
  const jobs = jobsWanted(values.jobs);
  mkdirSync(place.folder, { recursive: true });
  await using journal = Journal.open(place.journal);
  const { plan, report } = await makePlan(dir, place.store, {
    exercises,
    ...(values.only === undefined ? {} : { students: listOf(values.only) }),
  });
  if (plan.header.students.length === 0)
    throw new UsageError(
      values.only === undefined
        ? `there is no submission in ${positionals[0]}: it should have a folder, .zip or .tar.gz a student`
        : `none of the submissions in ${positionals[0]} is from ${values.only}`,
    );
  writePlan(place.plan, plan);
  const work = toJudge(plan, journal.found, values.rerun);
  const progress = new Progress(work.length);
  if (work.length > 0)
    await withSlots(Math.min(jobs, work.length), async (judge, stop) => {
      await gradeRows(plan, work, {
        store: place.store,
        journal,
        judge,
        jobs,
        stop,
        finished: (row) => progress.finished(row),
      });
    });
  await journal.close();
  const rows = readJournal(place.journal);
  const options = { at: new Date().toISOString(), releaseAll: values.release };
  const book = writeBook(place.folder, { plan, rows, course }, options);
  for (const { path, text } of similarityFiles(place.store, report))
    replaceFile(join(place.folder, path), text);
  const open = toDo(plan, rows).length;
  const told = summary(book, { planned: plan.rows.length, judged: work.length, open, out: values.out ?? '' });
  if (values.json) printJson({ schema: 'tcplab/grade/1', ...told });
  else console.log(summaryLines(told).join('\n'));
  return open === 0 ? EXIT.passed : EXIT.failed;
}
