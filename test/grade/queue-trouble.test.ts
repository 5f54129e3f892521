import { expect, test } from 'vitest';
import { Journal } from '../../lab/grade/journal.ts';
import { type RedisAddress, redisAddress } from '../../lab/grade/queue/address.ts';
import { type EnqueueOptions, enqueue } from '../../lab/grade/queue/enqueue.ts';
import { queueError } from '../../lab/grade/queue/queue-error.ts';
import { work } from '../../lab/grade/queue/work.ts';
import { inventedRow } from './invented-row.ts';
import { planFor, SUITE } from './queue-plan.ts';
import { describeWithRedis, LOSES_NOTHING, RedisServer } from './redis-server.ts';
import { temporaryPath } from './temporary.ts';

const IMPATIENT = { firstMs: 300, laterMs: 600 };

test.each([
  ['redis://127.0.0.1', { place: 'Redis at 127.0.0.1:6379', options: { host: '127.0.0.1', port: 6379 } }],
  [
    'redis://:p%40ss@lab:7000/2',
    { place: 'Redis at lab:7000', options: { host: 'lab', port: 7000, password: 'p@ss', db: 2 } },
  ],
  [
    'rediss://ada:secret@[::1]',
    {
      place: 'Redis at [::1]:6379',
      options: { host: '::1', port: 6379, username: 'ada', password: 'secret', tls: {} },
    },
  ],
  ['/run/redis.sock', { place: 'Redis at /run/redis.sock', options: { path: '/run/redis.sock' } }],
])('the address %s', (word, address) => expect(redisAddress(word)).toEqual(address));

test.each(['', 'localhost', 'http://localhost', 'redis://', 'redis://host/some', 'redis://:secret'])(
  '"%s" is no address, and nothing of it is repeated',
  (word) => {
    expect(() => redisAddress(word)).toThrow(
      /^This is no address of a Redis\. Write redis:\/\/\[\[USER\]:PASSWORD@\]HOST/,
    );
  },
);

test('what Redis says is explained also when BullMQ puts words before it', () => {
  const because = 'ReplyError: READONLY You can’t write against a read only replica. script: 1';
  expect(queueError(new Error(because), 'Redis at one')).toMatchObject({
    code: 'replica',
    message: 'Redis at one is a read-only replica. Give the address of the Redis that it copies.',
  });
});

describeWithRedis('trouble with Redis', () => {
  test('nobody is there', async () => {
    const nowhere = redisAddress(temporaryPath('none.sock'));
    await expect(enqueued(nowhere)).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(
        /^Redis at .*none\.sock cannot be reached: ".*ENOENT.*"\. Is it running/,
      ),
    });
    await expect(worked(nowhere)).rejects.toMatchObject({ code: 'unreachable' });
  });

  test('the password is missing, or wrong', async () => {
    const redis = await RedisServer.start('--requirepass', 'right');
    await expect(enqueued(redis.address)).rejects.toMatchObject({
      code: 'password',
      message: expect.stringContaining(
        'wants a password. Put it into the address: redis://:PASSWORD@HOST:PORT.',
      ),
    });
    const wrong = { ...redis.address, options: { path: redis.socket, password: 'wrong' } };
    await expect(worked(wrong)).rejects.toMatchObject({
      code: 'password',
      message: expect.stringContaining('does not take this user or password'),
    });
    const right = { ...redis.address, options: { path: redis.socket, password: 'right' } };
    const stop = new AbortController();
    expect(await enqueued(right, { stop: stop.signal, progress: () => stop.abort() })).toMatchObject({
      left: 2,
    });
  });

  test('a read-only replica', async () => {
    const redis = await RedisServer.start('--replicaof', '127.0.0.1', '1');
    await expect(enqueued(redis.address)).rejects.toMatchObject({ code: 'replica' });
    await expect(worked(redis.address)).rejects.toMatchObject({ code: 'replica' });
  });

  test('no memory is left', async () => {
    const redis = await RedisServer.start('--maxmemory', '1mb', '--maxmemory-policy', 'noeviction');
    await expect(enqueued(redis.address)).rejects.toMatchObject({
      code: 'memory',
      message: expect.stringMatching(/has no memory left\. Raise its maxmemory/),
    });
  });

  test('Redis goes away and stays away', async () => {
    const redis = await RedisServer.start();
    const told: string[] = [];
    const ends = [
      enqueued(redis.address, { tell: (sentence) => told.push(sentence), progress: () => void redis.kill() }),
      worked(redis.address),
    ];
    const gone = { status: 'rejected', reason: { code: 'unreachable' } };
    expect(await Promise.allSettled(ends)).toMatchObject([gone, gone]);
    expect(told.join(' ')).toContain('has gone away. Waiting 1 s at most');
  });

  test('a Redis that keeps everything gets no warning, one that may lose a second does', async () => {
    const told: string[] = [];
    const stop = new AbortController();
    const once = {
      stop: stop.signal,
      tell: (sentence: string) => void told.push(sentence),
      progress: () => stop.abort(),
    };
    await enqueued((await RedisServer.start(...LOSES_NOTHING)).address, once);
    expect(told.filter((sentence) => !sentence.startsWith('Nobody'))).toEqual([]);
    await enqueued(
      (
        await RedisServer.start(
          '--appendonly',
          'yes',
          '--maxmemory',
          '64mb',
          '--maxmemory-policy',
          'allkeys-lru',
        )
      ).address,
      once,
    );
    expect(told.filter((sentence) => sentence.startsWith('Redis')).join('\n')).toMatch(
      /may forget its last second.*Set appendfsync always\.\n.*\(allkeys-lru\)\. Set maxmemory-policy noeviction\./,
    );
  });
});

async function enqueued(redis: RedisAddress, more: Partial<EnqueueOptions> = {}) {
  const { plan, store } = planFor(2);
  await using journal = Journal.open(temporaryPath('rows.jsonl'));
  return await enqueue({ plan, store, journal, redis, patience: IMPATIENT, ...more });
}

function worked(redis: RedisAddress) {
  return work({
    redis,
    judge: (job) => Promise.resolve(inventedRow(job, 'one')),
    suite: SUITE,
    concurrency: 1,
    stop: new AbortController().signal,
    patience: IMPATIENT,
  });
}
