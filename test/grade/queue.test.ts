// The queue is under test here, on a real Redis, and not the judging: the workers' judges are invented (invented-row.ts).
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Journal } from '../../lab/grade/journal.ts';
import {
  expectEachOnce,
  graded,
  keysLeft,
  randomFrom,
  rowsInRedis,
  slowly,
  until,
  withWorker,
} from './queue-gradings.ts';
import { planFor } from './queue-plan.ts';
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
});
