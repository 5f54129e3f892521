import { setTimeout } from 'node:timers/promises';
import { expect } from 'vitest';
import { Journal } from '../../lab/grade/journal.ts';
import { readJournal } from '../../lab/grade/journal-lines.ts';
import { type GradePlan, workKey } from '../../lab/grade/plan.ts';
import { type EnqueueOptions, enqueue } from '../../lab/grade/queue/enqueue.ts';
import { PREFIX, queueName } from '../../lab/grade/queue/names.ts';
import { type WorkDone, type WorkOptions, work } from '../../lab/grade/queue/work.ts';
import { inventedRow } from './invented-row.ts';
import { type Planned, SUITE } from './queue-plan.ts';
import type { RedisServer } from './redis-server.ts';

export async function graded(
  redis: RedisServer,
  { plan, store }: Planned,
  path: string,
  more: Partial<EnqueueOptions> = {},
) {
  await using journal = Journal.open(path);
  return await enqueue({ plan, store, journal, redis: redis.address, ...more });
}

/** A worker in this process, for as long as `use` takes. */
export async function withWorker(
  redis: RedisServer,
  more: Partial<WorkOptions>,
  use: () => Promise<void>,
): Promise<WorkDone> {
  const stop = new AbortController();
  const working = work({
    redis: redis.address,
    judge: judgeAs('one'),
    suite: SUITE,
    concurrency: 2,
    lockMs: 2_000,
    stop: stop.signal,
    ...more,
  });
  try {
    await Promise.race([use(), working]);
  } finally {
    stop.abort();
  }
  return await working;
}

export function judgeAs(worker: string): WorkOptions['judge'] {
  return (job) => Promise.resolve(inventedRow(job, worker));
}

export function slowly(ms: number): WorkOptions['judge'] {
  return async (job) => {
    await setTimeout(ms);
    return inventedRow(job, 'slow');
  };
}

export function expectEachOnce({ header, rows: planned }: GradePlan, path: string): void {
  const terminal = readJournal(path).filter((row) => row.terminal);
  expect(terminal.map(({ key }) => key).sort()).toEqual(
    planned.map((row) => workKey(row, header.suite)).sort(),
  );
}

/** The jobs that are still in Redis. */
export async function keysLeft(redis: RedisServer): Promise<string[]> {
  await using client = redis.client();
  const keys = await client.keys(`${PREFIX}:${queueName(SUITE)}:*`);
  return keys.filter((key) => /:[0-9a-f]{64}/.test(key.slice(key.lastIndexOf(':'))));
}

export async function rowsInRedis(plan: GradePlan, client: ReturnType<RedisServer['client']>) {
  const keys = plan.rows.map((row) => workKey(row, SUITE));
  return await Promise.all(
    keys.map(async (key) => ({
      key,
      row: (await client.hget(`${PREFIX}:${queueName(SUITE)}:${key}`, 'returnvalue')) ?? 'nothing',
    })),
  );
}

export async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`not within 20 s: ${String(condition)}`);
    await setTimeout(10);
  }
}

/** The same numbers from 0 to 1 on every run: a moment that fails can be had again. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
