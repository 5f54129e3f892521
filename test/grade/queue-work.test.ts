// The queue is under test here, on a real Redis, and not the judging: the workers' judges are invented (invented-row.ts).
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Job } from '../../lab/grade/job.ts';
import { readJournal } from '../../lab/grade/journal-lines.ts';
import { workKey } from '../../lab/grade/plan.ts';
import { inventedRow } from './invented-row.ts';
import { expectEachOnce, graded, judgeAs, until, withWorker } from './queue-gradings.ts';
import { planFor, SUITE } from './queue-plan.ts';
import { startWorker } from './queue-workers.ts';
import { describeWithRedis, RedisServer } from './redis-server.ts';
import { temporaryPath } from './temporary.ts';

describeWithRedis('workers of the queue', () => {
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
