import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readJournal } from '../../lab/grade/journal-lines.ts';
import type { GradeRow } from '../../lab/grade/row.ts';
import { leftovers } from '../../lab/host/docker/leftovers.ts';
import { type Files, grade, makeClass } from '../grade/cli-class.ts';
import { describeWithRedis, RedisServer } from '../grade/redis-server.ts';
import { temporaryPath } from '../grade/temporary.ts';
import { docker } from './support/made.ts';

const TIMEOUT = { timeout: 120_000 };
const ON_DOCKER = ['--backend', 'docker', '--jobs', '1'];
/** The reference takes a second and a half. */
const HALF_CLOSE = '10-half-close/client.ts';

const CLASS: Readonly<Record<string, Files>> = {
  good: { [HALF_CLOSE]: 10 },
  output: {
    [HALF_CLOSE]: `import { writeSync } from 'node:fs'; for (let n = 0; n < 256; n += 1) writeSync(1, 'PASS\\n'.repeat(13_000));`,
  },
  reads: {
    [HALF_CLOSE]: `import { readdirSync, readFileSync } from 'node:fs';
      const places = ['/tcplab/servers', '/tcplab/clients', '/tcplab/lab/exercises', '/servers', '/clients', '/lab/exercises', '../clients'];
      for (const place of places) try { for (const name of readdirSync(place)) readFileSync(place + '/' + name); process.exit(0); } catch {}
      throw new Error('there is nothing to copy');`,
  },
};

test(
  'a right program passes in a container, hostile ones are told, and nothing is left',
  TIMEOUT,
  async () => {
    const [submissions, out] = [temporaryPath('submissions'), temporaryPath('graded')];
    makeClass(submissions, CLASS);
    const { exitCode, stderr } = await grade([
      submissions,
      '--out',
      out,
      '--backend',
      'docker',
      '--jobs',
      '1',
    ]);
    expect(exitCode, stderr).toBe(0);
    const rows = readJournal(join(out, 'journal.jsonl')).filter(({ terminal }) => terminal);
    expect(wordsIn(out)).toEqual({
      ...{ good: 'ok pass', reads: 'student_error fail', output: 'limit output fail' },
    });
    const byDocker = { by: 'docker', uid: 1_000, seccomp: ['default', 'tcplab'] };
    for (const { confinement } of rows) expect(confinement).toMatchObject(byDocker);
    expect((await leftovers(docker)).map(({ kind, name }) => `${kind} ${name}`)).toEqual([]);
  },
);

test('an engine that is not there is a sentence, and no verdict', TIMEOUT, async () => {
  const [submissions, out] = [temporaryPath('submissions'), temporaryPath('graded')];
  makeClass(submissions, { good: CLASS.good ?? {} });
  const { exitCode, stderr } = await grade([submissions, '--out', out, '--backend', 'docker'], {
    env: { DOCKER_HOST: 'unix:///nowhere' },
  });
  expect(stderr).toContain('there is no Docker engine at unix:///nowhere');
  expect(exitCode).toBe(4);
  expect(readJournal(join(out, 'journal.jsonl'))).toEqual([]);
});

test('a plan is judged in parts, each in containers, and put together', TIMEOUT, async () => {
  const [submissions, out] = [temporaryPath('submissions'), temporaryPath('graded')];
  makeClass(submissions, { good: CLASS.good ?? {}, output: CLASS.output ?? {} });
  expect(await grade(['plan', submissions, '--out', out])).toMatchObject({ exitCode: 0 });
  const plan = join(out, 'plan.jsonl');
  const shards = await Promise.all(
    [1, 2].map(async (n) => {
      const journal = join(out, `shard-${n}.jsonl`);
      const what = ['run', '--plan', plan, '--shard', `${n}/2`, '--journal', journal, ...ON_DOCKER];
      const { exitCode, stderr } = await grade(what);
      expect(exitCode, stderr).toBe(0);
      return journal;
    }),
  );
  const { exitCode, stderr } = await grade(['merge', '--plan', plan, '--out', out, ...shards]);
  expect(exitCode, stderr).toBe(0);
  expect(wordsIn(out)).toEqual({ good: 'ok pass', output: 'limit output fail' });
});

describeWithRedis('a queue', () => {
  test('a worker judges in containers, and takes them with it when it is told to stop', TIMEOUT, async () => {
    const redis = await RedisServer.start();
    const [submissions, out] = [temporaryPath('submissions'), temporaryPath('graded')];
    makeClass(submissions, { good: CLASS.good ?? {}, output: CLASS.output ?? {} });
    expect(await grade(['plan', submissions, '--out', out])).toMatchObject({ exitCode: 0 });
    const worker = grade(['work', '--redis', redis.socket, ...ON_DOCKER]);
    onTestFinished(() => void worker.kill('SIGKILL'));
    const queue = ['enqueue', '--plan', join(out, 'plan.jsonl'), '--redis', redis.socket];
    const { exitCode, stderr } = await grade(queue);
    expect(exitCode, stderr).toBe(0);
    expect(wordsIn(out)).toEqual({ good: 'ok pass', output: 'limit output fail' });
    worker.kill('SIGTERM');
    expect(await worker).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^2 judged/) as string });
    expect((await leftovers(docker)).map(({ kind, name }) => `${kind} ${name}`)).toEqual([]);
  });
});

/** By student, what the journal in a folder says last. */
function wordsIn(out: string): Record<string, string> {
  const rows = readJournal(join(out, 'journal.jsonl')).filter(({ terminal }) => terminal);
  return Object.fromEntries(rows.map((row) => [row.student, wordOf(row)]));
}

function wordOf({ status, limit, result }: GradeRow): string {
  return [status, limit ?? '', result?.verdict ?? ''].join(' ').replaceAll('  ', ' ');
}
