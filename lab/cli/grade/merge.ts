import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { journalText, MergeError, mergeJournals } from '../../grade/merge.ts';
import { readPlan } from '../../grade/plan-file.ts';
import { replaceFile } from '../../grade/replace-file.ts';
import { writeBook } from '../../grade/write-book.ts';
import { printJson, verbArguments } from '../arguments.ts';
import { EXIT, UsageError } from '../command.ts';
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
  const plan = readPlan(resolve(needed('--plan FILE', values.plan)));
  const out = resolve(needed('--out DIR', values.out));
  if (positionals.length === 0) throw new UsageError('grade merge needs the journals of the shards');
  const course = courseIn(values.course);
  try {
    const { rows } = mergeJournals(plan, positionals);
    mkdirSync(out, { recursive: true });
    replaceFile(join(out, 'journal.jsonl'), journalText(rows));
    const book = writeBook(
      out,
      { plan, rows, course },
      { at: new Date().toISOString(), releaseAll: values.release },
    );
    const told = summary(book, { planned: plan.rows.length, judged: 0, open: 0, out: values.out ?? '' });
    if (values.json) printJson({ schema: 'tcplab/grade-merge/1', ...told });
    else console.log(summaryLines(told).join('\n'));
    return EXIT.passed;
  } catch (error) {
    if (!(error instanceof MergeError)) throw error;
    console.error(`tcplab: ${error.message}`);
    return EXIT.failed;
  }
}
