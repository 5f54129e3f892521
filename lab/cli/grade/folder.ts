import { resolve } from 'node:path';
import { isIn } from '../../grade/grow-plan.ts';
import { Journal } from '../../grade/journal.ts';
import { readJournal } from '../../grade/journal-lines.ts';
import { toDo } from '../../grade/settled.ts';
import { writeBook } from '../../grade/write-book.ts';
import { writeSimilarity } from '../../grade/write-similarity.ts';
import { PAGE_PICTURES } from '../../report/page-pictures.ts';
import { printJson, verbArguments } from '../arguments.ts';
import { EXIT, UsageError } from '../command.ts';
import { backend } from '../options.ts';
import { Interruption } from './interruption.ts';
import { judgeAll } from './judge-all.ts';
import { gradePlace, takePlace } from './place.ts';
import { summary, summaryLines } from './summary.ts';
import { takeIn } from './take-in.ts';
import { mustBeRerun, toJudge } from './to-judge.ts';
import { courseIn, folderThere, jobsWanted, needed, wantedPart } from './wishes.ts';

/** `grade DIR --out DIR`: intake, plan, judging and gradebook in one. @returns the exit code. */
export async function gradeFolder(args: readonly string[]): Promise<number> {
  const { values, positionals } = verbArguments('grade', args, {
    backend: { type: 'string' },
    course: { type: 'string' },
    exercise: { type: 'string' },
    jobs: { type: 'string' },
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    out: { type: 'string' },
    release: { type: 'boolean', default: false },
    rerun: { type: 'string' },
  });
  const dir = folderThere(positionals[0]);
  const out = needed('--out DIR', values.out);
  const place = gradePlace(resolve(out));
  if (dir === place.folder) throw new UsageError('--out must be another folder than that of the submissions');
  const part = wantedPart(values);
  const course = courseIn(values.course);
  const where = backend(values.backend);
  const jobs = jobsWanted(values.jobs, where);
  mustBeRerun(values.rerun);
  using interruption = new Interruption();
  using _place = takePlace(place);
  await using journal = Journal.open(place.journal);
  const plan = await takeIn(place, { dir, part, course, journal: journal.found });
  const work = toJudge(plan, journal.found, values.rerun).filter(({ row }) =>
    isIn(part, row.student, row.exercise.number),
  );
  const unreadable = await judgeAll(plan, work, {
    ...{ store: place.store, journal, jobs, backend: where, interruption },
  });
  await journal.close();
  const rows = readJournal(place.journal);
  const options = { at: new Date().toISOString(), releaseAll: values.release, pictures: PAGE_PICTURES };
  const book = writeBook(place.folder, { plan, rows, course }, options);
  writeSimilarity(place.folder, plan, place.store);
  const open = toDo(plan, rows).length;
  const told = summary(book, { planned: plan.rows.length, judged: work.length, open, unreadable, out });
  if (values.json) printJson({ schema: 'tcplab/grade/1', ...told });
  else console.log(summaryLines(told).join('\n'));
  return open === 0 ? EXIT.passed : EXIT.failed;
}
