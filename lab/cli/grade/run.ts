import { dirname, join, resolve } from 'node:path';
import { Journal } from '../../grade/journal.ts';
import { readJournal } from '../../grade/journal-lines.ts';
import { readPlan } from '../../grade/plan-file.ts';
import { toDo } from '../../grade/settled.ts';
import { shardRows } from '../../grade/shard.ts';
import { suiteVersion } from '../../grade/suite-version.ts';
import { printJson, verbArguments } from '../arguments.ts';
import { EXIT, UsageError } from '../command.ts';
import { backend } from '../options.ts';
import { Interruption } from './interruption.ts';
import { judgeAll } from './judge-all.ts';
import { placeOfPlan } from './place.ts';
import { unreadableLines } from './summary.ts';
import { mustBeRerun, toJudge } from './to-judge.ts';
import { jobsWanted, needed } from './wishes.ts';

/** `grade run --plan FILE --shard I/N`: judges one part of a plan into a journal of its own. */
export async function runShard(args: readonly string[]): Promise<number> {
  const { values } = verbArguments(
    'grade run',
    args,
    {
      backend: { type: 'string' },
      jobs: { type: 'string' },
      journal: { type: 'string' },
      json: { type: 'boolean', default: false },
      plan: { type: 'string' },
      rerun: { type: 'string' },
      shard: { type: 'string', default: '1/1' },
    },
    0,
  );
  const place = placeOfPlan(resolve(needed('--plan FILE', values.plan)));
  const { index, count } = shardNamed(values.shard);
  const where = backend(values.backend);
  const jobs = jobsWanted(values.jobs, where);
  mustBeRerun(values.rerun);
  const whole = readPlan(place.plan);
  mustBeThisSuite(whole.header.suite);
  const plan = { ...whole, rows: shardRows(whole, index, count) };
  const path = resolve(values.journal ?? join(dirname(place.plan), `journal-${index}-of-${count}.jsonl`));
  using interruption = new Interruption();
  await using journal = Journal.open(path);
  const work = toJudge(plan, journal.found, values.rerun);
  const unreadable = await judgeAll(plan, work, {
    ...{ store: place.store, journal, jobs, backend: where, interruption },
  });
  await journal.close();
  const open = toDo(plan, readJournal(path)).length;
  const { length: rows } = plan.rows;
  const judged = work.length - unreadable.length;
  if (values.json) printJson({ schema: 'tcplab/grade-run/1', journal: path, rows, judged, open, unreadable });
  else
    console.log(
      [
        `Shard ${index} of ${count}: ${rows} ${rows === 1 ? 'run' : 'runs'}, ${judged} judged now. The verdicts are in ${path}`,
        ...unreadableLines(unreadable),
      ].join('\n'),
    );
  return open === 0 ? EXIT.passed : EXIT.failed;
}

/** @throws UsageError when the checks have changed since the plan was made. */
export function mustBeThisSuite(suite: string): void {
  const own = suiteVersion();
  if (suite === own) return;
  throw new UsageError(
    `the plan was made with other checks (${suite.slice(0, 12)}) than this checkout has (${own.slice(0, 12)}). Make it anew, or bring both to one version`,
  );
}

function shardNamed(text: string): { index: number; count: number } {
  const [, index, count] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  if (index === undefined || Number(index) < 1 || Number(index) > Number(count))
    throw new UsageError(`--shard takes I/N with I from 1 to N, such as 3/8, not "${text}"`);
  return { index: Number(index), count: Number(count) };
}
