import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readJournal } from '../../grade/journal-lines.ts';
import { journalText, MergeError, mergeJournals } from '../../grade/merge.ts';
import { readPlan } from '../../grade/plan-file.ts';
import { rowLine } from '../../grade/row.ts';
import { writeBook } from '../../grade/write-book.ts';
import { writeSimilarity } from '../../grade/write-similarity.ts';
import { PAGE_PICTURES } from '../../report/page-pictures.ts';
import { replaceFile } from '../../sys/replace-file.ts';
import { printJson, verbArguments } from '../arguments.ts';
import { EXIT, UsageError } from '../command.ts';
import { gradePlace, placeOfPlan, takePlace } from './place.ts';
import { summary, summaryLines } from './summary.ts';
import { courseIn, needed } from './wishes.ts';

const MOST_JOURNALS = 10_000;

/** `grade merge --plan FILE --out DIR JOURNAL ...`: one gradebook of what the shards have found. */
export async function mergeShards(args: readonly string[]): Promise<number> {
  const { values, positionals } = verbArguments(
    'grade merge',
    args,
    {
      course: { type: 'string' },
      json: { type: 'boolean', default: false },
      out: { type: 'string' },
      plan: { type: 'string' },
      release: { type: 'boolean', default: false },
    },
    MOST_JOURNALS,
  );
  const source = placeOfPlan(resolve(needed('--plan FILE', values.plan)));
  const out = needed('--out DIR', values.out);
  const place = gradePlace(resolve(out));
  if (positionals.length === 0) throw new UsageError('grade merge needs the journals of the shards');
  const course = courseIn(values.course);
  const plan = readPlan(source.plan);
  try {
    using _place = takePlace(place);
    const before = existsSync(place.journal) ? readJournal(place.journal) : [];
    const shards = positionals.filter((path) => resolve(path) !== place.journal);
    const { rows } = mergeJournals(plan, before.length === 0 ? shards : [...shards, place.journal]);
    const lines = new Set(before.map(rowLine));
    const news = rows.filter((row) => !lines.has(rowLine(row)));
    replaceFile(place.journal, journalText([...before, ...news]));
    const options = { at: new Date().toISOString(), releaseAll: values.release, pictures: PAGE_PICTURES };
    const book = writeBook(place.folder, { plan, rows, course }, options);
    writeSimilarity(place.folder, plan, source.store);
    const told = summary(book, { planned: plan.rows.length, judged: 0, open: 0, unreadable: [], out });
    if (values.json) printJson({ schema: 'tcplab/grade-merge/1', ...told });
    else console.log(summaryLines(told).join('\n'));
    return EXIT.passed;
  } catch (error) {
    if (!(error instanceof MergeError)) throw error;
    console.error(`tcplab: ${error.message}`);
    return EXIT.failed;
  }
}
