import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readJournal } from '../../lab/grade/journal-lines.ts';
import type { GradeRow } from '../../lab/grade/row.ts';
import { BACKENDS, type Backend } from '../../lab/host/backend.ts';
import { everythingMade } from '../../lab/host/docker/leftovers.ts';
import { type Files, grade, makeClass } from '../grade/cli-class.ts';
import { temporaryPath } from '../grade/temporary.ts';
import { docker } from './support/made.ts';

const TIMEOUT = { timeout: 120_000 };
/** The reference takes a second and a half, and who does not connect has lost after five. */
const HALF_CLOSE = '10-half-close/client.ts';
const RIGHT: Files = { [HALF_CLOSE]: 10 };

/** Bounded by themselves, so that the machine survives without any limit, too. */
const CLASS: Readonly<Record<string, Files>> = {
  good: RIGHT,
  wrong: {
    [HALF_CLOSE]: `import { connect } from 'node:net'; connect(Number(process.argv[3]), process.argv[2]);`,
  },
  output: {
    [HALF_CLOSE]: `import { writeSync } from 'node:fs'; for (let n = 0; n < 256; n += 1) writeSync(1, 'PASS\\n'.repeat(13_000));`,
  },
  memory: {
    [HALF_CLOSE]: `const kept = []; for (let n = 0; n < 16; n += 1) kept.push(Buffer.alloc(64 << 20, 1)); setTimeout(() => kept, 30_000);`,
  },
  fork: {
    [HALF_CLOSE]: `import { spawn } from 'node:child_process';
      for (let n = 0; n < 100; n += 1) spawn('sh', ['-c', 'read x'], { stdio: ['pipe', 'ignore', 'ignore'] }).on('error', () => {});
      setTimeout(() => {}, 30_000);`,
  },
  reads: {
    [HALF_CLOSE]: `import { readdirSync, readFileSync } from 'node:fs';
      const places = ['/tcplab/servers', '/tcplab/clients', '/tcplab/lab/exercises', '/servers', '/clients', '/lab/exercises', '../clients'];
      for (const place of places) try { for (const name of readdirSync(place)) readFileSync(place + '/' + name); process.exit(0); } catch {}
      throw new Error('there is nothing to copy');`,
  },
  busy: { [HALF_CLOSE]: `const end = Date.now() + 12_000; while (Date.now() < end);` },
};

function wordOf({ status, limit, result }: GradeRow): string {
  return [status, limit ?? '', result?.verdict ?? ''].join(' ').replaceAll('  ', ' ');
}

async function gradedOn(
  backend: Backend,
  submissions: string,
  ...more: string[]
): Promise<Map<string, GradeRow>> {
  const out = temporaryPath('graded');
  const { exitCode, stderr } = await grade([
    submissions,
    '--out',
    out,
    '--backend',
    backend,
    '--jobs',
    '4',
    ...more,
  ]);
  expect(exitCode, stderr).toBe(0);
  const rows = readJournal(join(out, 'journal.jsonl')).filter(({ terminal }) => terminal);
  return new Map(rows.map((row) => [row.student, row]));
}

/** What is left on the engine, and of submissions on the disk. */
async function left(): Promise<string[]> {
  return [
    ...(await everythingMade(docker)).map(({ kind, name }) => `${kind} ${name}`),
    ...readdirSync(tmpdir()).filter((name) => name.startsWith('tcplab-judge-')),
  ];
}

test(
  'good, wrong and hostile ones are told apart as in namespaces, and nothing is left',
  TIMEOUT,
  async () => {
    const submissions = temporaryPath('submissions');
    makeClass(submissions, CLASS);
    const words = new Map<Backend, Record<string, string>>();
    for (const backend of BACKENDS) {
      const rows = await gradedOn(backend, submissions);
      const { busy, ...others } = Object.fromEntries(
        [...rows].map(([student, row]) => [student, wordOf(row)]),
      );
      // Five seconds of a processor are as long as its run lasts: either may come first.
      expect(['limit cpu fail', 'ok fail']).toContain(busy);
      words.set(backend, others);
      if (backend === 'docker')
        expect(rows.get('good')?.confinement).toMatchObject({
          by: 'docker',
          uid: 1_000,
          seccomp: ['default', 'tcplab'],
        });
    }
    expect(words.get('docker')).toEqual(words.get('namespaces'));
    expect(words.get('docker')).toEqual({
      ...{ good: 'ok pass', wrong: 'ok fail', reads: 'student_error fail' },
      ...{ output: 'limit output fail', memory: 'limit mem fail', fork: 'limit pids fail' },
    });
    expect(await left()).toEqual([]);
  },
);

test(
  'killed while it judges, it leaves nothing that the next one does not remove; and that one is none the worse',
  TIMEOUT,
  async () => {
    const submissions = temporaryPath('submissions');
    makeClass(submissions, { good: RIGHT });
    const killed = grade([submissions, '--out', temporaryPath('graded'), '--backend', 'docker']);
    const network = async (): Promise<string[]> =>
      (await left()).filter((line) => /^container.*-cage$/.test(line));
    await expect.poll(network, { timeout: 60_000, interval: 50 }).not.toEqual([]);
    killed.kill('SIGKILL');
    await killed;
    const rows = await gradedOn('docker', submissions);
    expect(rows.get('good')).toMatchObject({ status: 'ok', attempt: 1, result: { verdict: 'pass' } });
    await expect.poll(left, { timeout: 20_000 }).toEqual([]);
  },
);

test('interrupted, it ends with 130 and leaves nothing', TIMEOUT, async () => {
  const submissions = temporaryPath('submissions');
  makeClass(submissions, { good: RIGHT, busy: CLASS.busy ?? {} });
  const running = grade([submissions, '--out', temporaryPath('graded'), '--backend', 'docker']);
  await expect.poll(left, { timeout: 60_000, interval: 50 }).not.toEqual([]);
  running.kill('SIGINT');
  expect((await running).exitCode).toBe(130);
  expect(await left()).toEqual([]);
});

test('an engine that is not there is a sentence, and no verdict', TIMEOUT, async () => {
  const [submissions, out] = [temporaryPath('submissions'), temporaryPath('graded')];
  makeClass(submissions, { good: RIGHT });
  const { exitCode, stderr } = await grade([submissions, '--out', out, '--backend', 'docker'], {
    env: { DOCKER_HOST: 'unix:///nowhere' },
  });
  expect(stderr).toContain('there is no Docker engine at unix:///nowhere');
  expect(exitCode).toBe(4);
  expect(readJournal(join(out, 'journal.jsonl'))).toEqual([]);
});
