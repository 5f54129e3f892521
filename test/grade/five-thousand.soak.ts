// A course of 5,000 students with five exercises each, on many machines: what one machine has to do for all of them. Judging itself is
// what the many do, and is not looked at here.
import { mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Journal } from '../../lab/grade/journal.ts';
import { readJournal } from '../../lab/grade/journal-lines.ts';
import { journalText } from '../../lab/grade/merge.ts';
import { workKey } from '../../lab/grade/plan.ts';
import { readPlan } from '../../lab/grade/plan-file.ts';
import { enqueue } from '../../lab/grade/queue/enqueue.ts';
import type { GradeRow } from '../../lab/grade/row.ts';
import { shardRows } from '../../lab/grade/shard.ts';
import { grade, makeClass, rightAnswers } from './cli-class.ts';
import { planFor } from './queue-plan.ts';
import { startWorker } from './queue-workers.ts';
import { describeWithRedis, LOSES_NOTHING, RedisServer } from './redis-server.ts';
import { temporaryPath } from './temporary.ts';

const STUDENTS = 5_000;
const EXERCISES = [3, 4, 10, 22, 25];
const SHARDS = 50;
/** A process that needs more memory than this for its own objects ends. */
const HEAP = { NODE_OPTIONS: '--max-old-space-size=1024' };
/** How long a person would wait for it, with other work beside it. In milliseconds. */
const PATIENCE_MS = 120_000;

test('plans it and makes the gradebook of what 50 machines have found, in minutes and within 1 GiB', {
  timeout: 900_000,
}, async () => {
  // Not by a hook, which would have half a minute: it takes longer to remove what 5,000 students have.
  await using removed = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'tcplab-grade-'));
  removed.defer(async () => await rm(folder, { recursive: true }));
  const [submissions, planned, out] = ['submissions', 'planned', 'out'].map((name) => join(folder, name));
  if (submissions === undefined || planned === undefined || out === undefined) throw new Error('three names');
  const answers = rightAnswers(...EXERCISES);
  makeClass(
    submissions,
    Object.fromEntries(Array.from({ length: STUDENTS }, (_, n) => [`student-${n}`, answers])),
  );
  await timed('plan', ['plan', submissions, '--out', planned]);
  const plan = readPlan(join(planned, 'plan.jsonl'));
  expect(plan.rows).toHaveLength(STUDENTS * EXERCISES.length);

  // A row of each exercise that was judged for real, as each student's.
  makeClass(join(folder, 'one'), { ada: answers });
  await timed('one student', [join(folder, 'one'), '--out', join(folder, 'graded')]);
  const judged = new Map(
    readJournal(join(folder, 'graded/journal.jsonl')).map((row) => [row.exercise.number, row]),
  );
  const journals = Array.from({ length: SHARDS }, (_, n) => {
    const rows = shardRows(plan, n + 1, SHARDS).map((row): GradeRow => {
      const { folder: _folder, ...work } = row;
      const like = judged.get(row.exercise.number) ?? expect.fail(`exercise ${row.exercise.number}`);
      return { ...like, ...work, key: workKey(row, plan.header.suite) };
    });
    const path = join(folder, `journal-${n + 1}.jsonl`);
    writeFileSync(path, journalText(rows));
    return path;
  });
  await timed('merge', ['merge', '--plan', join(planned, 'plan.jsonl'), '--out', out, ...journals]);
  expect(readdirSync(join(out, 'students'))).toHaveLength(STUDENTS);
  expect(readJournal(join(out, 'journal.jsonl'))).toHaveLength(plan.rows.length);
  console.log(`gradebook.html: ${Math.round(statSync(join(out, 'gradebook.html')).size / 1_024)} KiB`);
});

async function timed(what: string, args: readonly string[]): Promise<void> {
  const begun = performance.now();
  const { exitCode, stdout, stderr } = await grade(args, { env: HEAP });
  const ms = performance.now() - begun;
  console.log(`${what}: ${(ms / 1_000).toFixed(1)} s`);
  expect(exitCode, `${String(stdout)}\n${String(stderr)}`).toBe(0);
  expect(ms).toBeLessThan(PATIENCE_MS);
}

describeWithRedis('the queue', () => {
  test('hands 25,000 pieces of work to two workers and collects their rows, once each', {
    timeout: 900_000,
  }, async () => {
    const redis = await RedisServer.start(...LOSES_NOTHING);
    const { plan, store } = planFor(STUDENTS, [1, 4, 5, 6, 7]);
    const folder = temporaryPath('rows');
    mkdirSync(folder);
    for (const name of ['one', 'two']) startWorker(redis.socket, name, { concurrency: 100, lockMs: 30_000 });
    const begun = performance.now();
    await using journal = Journal.open(join(folder, 'journal.jsonl'));
    const stop = new AbortController();
    onTestFinished(() => stop.abort());
    const came = await enqueue({ plan, store, journal, redis: redis.address, stop: stop.signal });
    const seconds = (performance.now() - begun) / 1_000;
    await using client = redis.client();
    const memory = /used_memory_peak_human:(\S+)/.exec(await client.info('memory'))?.[1];
    console.log(`queue: ${seconds.toFixed(1)} s, Redis ${memory} at its most`);
    expect(came).toEqual({ planned: plan.rows.length, left: 0, rows: plan.rows.length });
    await journal.close();
    const keys = readJournal(join(folder, 'journal.jsonl')).map(({ key }) => key);
    expect(new Set(keys).size).toBe(plan.rows.length);
    expect(keys).toHaveLength(plan.rows.length);
  });
});
