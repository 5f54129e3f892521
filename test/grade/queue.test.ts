// The queue is under test here, on a real Redis, and not the judging: the workers' judges are invented (invented-row.ts).
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Job } from '../../lab/grade/job.ts';
import { Journal } from '../../lab/grade/journal.ts';
import { readJournal } from '../../lab/grade/journal-lines.ts';
import { type GradePlan, workKey } from '../../lab/grade/plan.ts';
import { type EnqueueOptions, enqueue } from '../../lab/grade/queue/enqueue.ts';
import { PREFIX, queueName } from '../../lab/grade/queue/names.ts';
import { type WorkDone, type WorkOptions, work } from '../../lab/grade/queue/work.ts';
import { inventedRow } from './invented-row.ts';
import { type Planned, planFor, SUITE } from './queue-plan.ts';
import { startWorker } from './queue-workers.ts';
import { describeWithRedis, LOSES_NOTHING, RedisServer } from './redis-server.ts';
import { temporaryPath } from './temporary.ts';

describeWithRedis('the queue', () => {
  test('60 rows are done once each, though workers and Redis are killed at any moment', async () => {
    const redis = await RedisServer.start(...LOSES_NOTHING);
    const planned = planFor(60);
    const path = temporaryPath('rows.jsonl');
    const workers = ['one', 'two', 'three'].map((name) => startWorker(redis.socket, name));
    const random = randomFrom(20_260_302);
    let killed = 0;
    const grading = graded(redis, planned, path);
    const done = grading.then(() => 'done' as const);
    for (let n = 0; (await Promise.race([done, setTimeout(150 + random() * 500, 'on')])) !== 'done'; n += 1) {
      if (n === 1 || n === 4) {
        await redis.kill();
        await setTimeout(random() * 300);
        await redis.begin();
      } else if (n < 8) {
        const at = Math.floor(random() * workers.length);
        await workers[at]?.end('SIGKILL');
        killed += 1;
        workers[at] = startWorker(redis.socket, `heir-${n}`);
      }
    }
    expect(await grading).toMatchObject({ planned: 60, left: 0 });
    expect(killed).toBeGreaterThanOrEqual(3);
    expectEachOnce(planned.plan, path);
    expect(await keysLeft(redis)).toEqual([]);
  });

  test('what was finished while nobody listened is collected, and nothing is judged twice', async () => {
    const redis = await RedisServer.start();
    const planned = planFor(9);
    const path = temporaryPath('rows.jsonl');
    const stop = new AbortController();
    const first = graded(redis, planned, path, { stop: stop.signal, progress: () => stop.abort() });
    expect(await first).toMatchObject({ left: 9 });

    const judgedKeys: string[] = [];
    await withWorker(redis, { finished: ({ key }) => judgedKeys.push(key) }, async () => {
      await until(() => judgedKeys.length === 9);
    });
    expect(await graded(redis, planned, path)).toEqual({ planned: 9, left: 0, rows: 9 });
    expect(new Set(judgedKeys).size).toBe(9);
    expectEachOnce(planned.plan, path);
    expect(await graded(redis, planned, path)).toEqual({ planned: 9, left: 0, rows: 0 });
  });

  test('a kill between the journal and the removal from Redis doubles nothing', async () => {
    const redis = await RedisServer.start();
    const planned = planFor(4);
    const path = temporaryPath('rows.jsonl');
    const stop = new AbortController();
    await graded(redis, planned, path, { stop: stop.signal, progress: () => stop.abort() });
    let finished = 0;
    await withWorker(
      redis,
      { finished: () => (finished += 1) },
      async () => await until(() => finished === 4),
    );

    await using client = redis.client();
    for (const { row } of await rowsInRedis(planned.plan, client)) {
      await using journal = Journal.open(path);
      await journal.append(JSON.parse(row));
    }
    expect(await graded(redis, planned, path)).toEqual({ planned: 4, left: 0, rows: 0 });
    expectEachOnce(planned.plan, path);
    expect(await keysLeft(redis)).toEqual([]);
  });

  test('two gradings of one plan at the same time each get every row once', async () => {
    const redis = await RedisServer.start();
    const planned = planFor(20);
    const paths = [temporaryPath('rows.jsonl'), temporaryPath('rows.jsonl')];
    let judgedJobs = 0;
    await withWorker(redis, { concurrency: 3, finished: () => (judgedJobs += 1) }, async () => {
      await Promise.all(paths.map((path) => graded(redis, planned, path)));
    });
    for (const path of paths) expectEachOnce(planned.plan, path);
    expect(judgedJobs).toBeLessThanOrEqual(40);
  });

  test('the same journal lets no second grading in', async () => {
    const path = temporaryPath('rows.jsonl');
    await using _journal = Journal.open(path);
    expect(() => Journal.open(path)).toThrow('another process writes to this journal');
  });

  test('a Redis that forgets everything costs only the work: it is added again', async () => {
    const redis = await RedisServer.start();
    const planned = planFor(12);
    const path = temporaryPath('rows.jsonl');
    const told: string[] = [];
    let collected = 0;
    await withWorker(redis, { judge: slowly(100) }, async () => {
      const grading = graded(redis, planned, path, {
        tell: (sentence) => told.push(sentence),
        collected: () => (collected += 1),
      });
      await until(() => collected >= 3);
      await redis.kill();
      await redis.begin();
      expect(await grading).toMatchObject({ left: 0 });
    });
    expectEachOnce(planned.plan, path);
    expect(told.join('\n')).toMatch(
      /forgets what it holds.*--appendonly yes --appendfsync always[\s\S]*has gone away[\s\S]*is back/,
    );
  });

  test('what the lab failed at is tried again twice at most, by another worker', async () => {
    const redis = await RedisServer.start();
    const planned = planFor(3, [1, 2, 3]);
    const path = temporaryPath('rows.jsonl');
    await withWorker(redis, { name: 'one', judge: judgeAs('one') }, async () => {
      await withWorker(redis, { name: 'two', judge: judgeAs('two') }, async () => {
        expect(await graded(redis, planned, path)).toMatchObject({ left: 0, rows: 3 + 6 + 9 });
      });
    });
    const rows = readJournal(path);
    for (const row of planned.plan.rows) {
      const tries = rows.filter(({ key }) => key === workKey(row, SUITE));
      const { number } = row.exercise;
      expect(tries.map(({ attempt }) => attempt)).toEqual([1, 2, 3].slice(0, number));
      expect(tries.map(({ terminal }) => terminal)).toEqual([false, false, true].slice(3 - number));
      if (number > 1) expect(tries[0]?.worker).not.toBe(tries[1]?.worker);
    }
  });

  test('alone, a worker tries its own failures again', async () => {
    const redis = await RedisServer.start();
    const planned = planFor(1, [3]);
    const path = temporaryPath('rows.jsonl');
    await withWorker(redis, {}, async () => {
      expect(await graded(redis, planned, path)).toMatchObject({ left: 0, rows: 3 });
    });
    expect(readJournal(path).at(-1)).toMatchObject({ status: 'infra', terminal: true, attempt: 3 });
  });

  test('a job that takes its worker with it becomes the lab’s own fault in the end', {
    timeout: 120_000,
  }, async () => {
    const redis = await RedisServer.start();
    const planned = planFor(1);
    const path = temporaryPath('rows.jsonl');
    const stop = new AbortController();
    let isOver = false;
    const rows: string[] = [];
    const grading = graded(redis, planned, path, {
      stop: stop.signal,
      collected: ({ status, terminal, because = '' }) => {
        rows.push(`${status} ${terminal} ${because}`);
        stop.abort();
      },
    }).finally(() => {
      isOver = true;
    });
    for (let n = 0; !isOver; n += 1) {
      const worker = startWorker(redis.socket, `mortal-${n}`, { lockMs: 400, concurrency: 1 });
      await Promise.race([worker.says('judges'), grading]);
      await worker.end('SIGKILL');
    }
    expect(rows).toEqual(['infra false Every worker that took it was gone before it was done.']);
  });

  test('a judge that throws, or gives other work’s row, is the lab’s own fault', async () => {
    const redis = await RedisServer.start();
    const planned = planFor(2);
    const path = temporaryPath('rows.jsonl');
    const [first] = planned.plan.rows;
    const judge = async (job: Job) => {
      if (job.student === first?.student) throw new Error('no network could be made');
      return { ...inventedRow(job, 'one'), attempt: 7 };
    };
    await withWorker(redis, { judge }, async () => void (await graded(redis, planned, path)));
    const because = readJournal(path).map(({ status, because: words }) => `${status}: ${words}`);
    expect(new Set(because)).toEqual(
      new Set([
        'infra: The judge failed: no network could be made',
        'infra: The judge gave the row of other work.',
      ]),
    );
  });

  test('a worker with other checks leaves the work, and says so', async () => {
    const redis = await RedisServer.start();
    const planned = planFor(5);
    const path = temporaryPath('rows.jsonl');
    const told: string[] = [];
    const stop = new AbortController();
    await graded(redis, planned, path, { stop: stop.signal, progress: () => stop.abort() });
    const others: string[] = [];
    await withWorker(
      redis,
      {
        suite: 'b2'.repeat(32),
        tell: (sentence) => others.push(sentence),
        finished: () => others.push('a row'),
      },
      async () => {
        await until(() => others.some((sentence) => sentence.includes('other checks')));
        const grading = graded(redis, planned, path, { tell: (sentence) => told.push(sentence) });
        await until(() => told.some((sentence) => sentence.includes('Nobody works')));
        await withWorker(redis, {}, async () => void (await grading));
      },
    );
    expect(others.filter((sentence) => !sentence.includes('forgets'))).toEqual([
      '5 submissions wait for other checks (a1a1a1a1a1a1) than those of this checkout (b2b2b2b2b2b2): left for another worker. To do them here, bring this checkout to the version that they were planned with.',
    ]);
    expect(told.join(' ')).toContain('Workers with other checks (b2b2b2b2b2b2) leave it.');
    expectEachOnce(planned.plan, path);
  });

  test('told to stop, a worker finishes what runs and takes nothing new', async () => {
    const redis = await RedisServer.start();
    const planned = planFor(10);
    const path = temporaryPath('rows.jsonl');
    const stop = new AbortController();
    const grading = graded(redis, planned, path, { stop: stop.signal });
    const worker = startWorker(redis.socket, 'one', { concurrency: 2 });
    await worker.says('judges');
    expect(await worker.end('SIGTERM')).toBe(0);
    const begun = worker.said().split('judges ').length - 1;
    expect(worker.said()).toContain(`did ${begun}, gave back 0`);
    expect(begun).toBeLessThan(10);
    await until(() => readJournal(path).length === begun);
    stop.abort();
    expect(await grading).toMatchObject({ left: 10 - begun });
  });

  test('what does not finish in time is given back at once', async () => {
    const redis = await RedisServer.start();
    const planned = planFor(1);
    const path = temporaryPath('rows.jsonl');
    const grading = graded(redis, planned, path);
    const stuck = Promise.withResolvers<void>();
    const done = await withWorker(
      redis,
      {
        graceMs: 50,
        lockMs: 30_000,
        judge: async (job) => {
          stuck.resolve();
          return await new Promise<never>((_, reject) => job.key === '' && reject(new Error()));
        },
      },
      async () => await stuck.promise,
    );
    expect(done).toEqual({ rows: 0, givenBack: 1 });
    await withWorker(redis, {}, async () => void (await grading));
    expectEachOnce(planned.plan, path);
  });

  test('what its judge could not finish when it was told to stop costs no try', async () => {
    const redis = await RedisServer.start();
    const planned = planFor(1);
    const path = temporaryPath('rows.jsonl');
    const grading = graded(redis, planned, path);
    const stop = new AbortController();
    const judge = async (job: Job) => {
      stop.abort();
      await setTimeout(50);
      return { ...inventedRow(job, 'one'), status: 'infra' as const, terminal: false };
    };
    expect(await withWorker(redis, { judge, stop: stop.signal }, async () => {})).toMatchObject({ rows: 0 });
    await withWorker(redis, {}, async () => void (await grading));
    expect(readJournal(path).map(({ attempt, status }) => `${attempt} ${status}`)).not.toContain('1 infra');
    expectEachOnce(planned.plan, path);
  });

  test('what a person wants judged anew is, once', async () => {
    const redis = await RedisServer.start();
    const planned = planFor(3);
    const path = temporaryPath('rows.jsonl');
    const [first] = planned.plan.rows;
    const again = new Set(first === undefined ? [] : [workKey(first, SUITE)]);
    await withWorker(redis, {}, async () => {
      await graded(redis, planned, path);
      expect(await graded(redis, planned, path, { again })).toEqual({ planned: 3, left: 0, rows: 1 });
    });
    expect(readJournal(path).map(({ rerun = 0 }) => rerun)).toEqual([0, 0, 0, 1]);
  });
});

async function graded(
  redis: RedisServer,
  { plan, store }: Planned,
  path: string,
  more: Partial<EnqueueOptions> = {},
) {
  await using journal = Journal.open(path);
  return await enqueue({ plan, store, journal, redis: redis.address, ...more });
}

/** A worker in this process, for as long as `use` takes. */
async function withWorker(
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

function judgeAs(worker: string): WorkOptions['judge'] {
  return (job) => Promise.resolve(inventedRow(job, worker));
}

function slowly(ms: number): WorkOptions['judge'] {
  return async (job) => {
    await setTimeout(ms);
    return inventedRow(job, 'slow');
  };
}

function expectEachOnce({ header, rows: planned }: GradePlan, path: string): void {
  const terminal = readJournal(path).filter((row) => row.terminal);
  expect(terminal.map(({ key }) => key).sort()).toEqual(
    planned.map((row) => workKey(row, header.suite)).sort(),
  );
}

/** The jobs that are still in Redis. */
async function keysLeft(redis: RedisServer): Promise<string[]> {
  await using client = redis.client();
  const keys = await client.keys(`${PREFIX}:${queueName(SUITE)}:*`);
  return keys.filter((key) => /:[0-9a-f]{64}/.test(key.slice(key.lastIndexOf(':'))));
}

async function rowsInRedis(plan: GradePlan, client: ReturnType<RedisServer['client']>) {
  const keys = plan.rows.map((row) => workKey(row, SUITE));
  return await Promise.all(
    keys.map(async (key) => ({
      key,
      row: (await client.hget(`${PREFIX}:${queueName(SUITE)}:${key}`, 'returnvalue')) ?? 'nothing',
    })),
  );
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`not within 20 s: ${String(condition)}`);
    await setTimeout(10);
  }
}

/** The same numbers from 0 to 1 on every run: a moment that fails can be had again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
