// `grade enqueue` and `grade work` with a real Redis, and real judging in the sandbox.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { readJournal } from '../../lab/grade/journal-lines.ts';
import { describeWithRedis, LOSES_NOTHING, RedisServer } from './redis-server.ts';
import { temporaryPath } from './temporary.ts';

const tcplab = join(import.meta.dirname, '..', '..', 'tcplab');
const run = promisify(execFile);

describeWithRedis('the verbs of the queue', () => {
  test('a worker judges what is enqueued, and the gradebook is there at the end', {
    timeout: 120_000,
  }, async () => {
    const redis = await RedisServer.start(...LOSES_NOTHING);
    const environment = { ...process.env, TCPLAB_REDIS: redis.socket };
    const graded = temporaryPath('graded');
    const submissions = join(dirname(graded), 'submissions');
    await run(tcplab, ['dev', 'export', '4', '--to', join(submissions, 'ada')]);
    await run(tcplab, ['dev', 'export', '1', '--to', join(submissions, 'bob')]);
    await run(tcplab, ['grade', 'plan', submissions, '--out', graded]);

    const worker = spawn(tcplab, ['grade', 'work', '--jobs', '2'], { env: environment, stdio: 'ignore' });
    const ended = once(worker, 'exit');
    onTestFinished(async () => {
      worker.kill('SIGTERM');
      await ended;
    });
    const plan = join(graded, 'plan.jsonl');
    const { stdout } = await run(tcplab, ['grade', 'enqueue', '--plan', plan], { env: environment });
    expect(stdout).toContain('Every one has a verdict.');
    const rows = readJournal(join(graded, 'journal.jsonl'));
    expect(
      rows.map(({ student, status, result }) => `${student} ${status} ${result?.verdict}`).sort(),
    ).toEqual(['ada ok pass', 'bob ok pass']);
    expect(existsSync(join(graded, 'gradebook.html'))).toBe(true);
    worker.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  test('without a Redis there is one sentence, and exit code 4', async () => {
    const none = temporaryPath('none.sock');
    await expect(run(tcplab, ['grade', 'work', '--jobs', '1', '--redis', none])).rejects.toMatchObject({
      code: 4,
      stderr: expect.stringMatching(/^(tcplab: .*\n)*tcplab: Redis at .*none\.sock cannot be reached: .*\n$/),
    });
  });
});
