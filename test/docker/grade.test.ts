import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readJournal } from '../../lab/grade/journal-lines.ts';
import type { GradeRow } from '../../lab/grade/row.ts';
import { everythingMade } from '../../lab/host/docker/leftovers.ts';
import { type Files, grade, makeClass } from '../grade/cli-class.ts';
import { temporaryPath } from '../grade/temporary.ts';
import { docker } from './support/made.ts';

const TIMEOUT = { timeout: 120_000 };
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
    expect(Object.fromEntries(rows.map((row) => [row.student, wordOf(row)]))).toEqual({
      ...{ good: 'ok pass', reads: 'student_error fail', output: 'limit output fail' },
    });
    const byDocker = { by: 'docker', uid: 1_000, seccomp: ['default', 'tcplab'] };
    for (const { confinement } of rows) expect(confinement).toMatchObject(byDocker);
    expect((await everythingMade(docker)).map(({ kind, name }) => `${kind} ${name}`)).toEqual([]);
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

function wordOf({ status, limit, result }: GradeRow): string {
  return [status, limit ?? '', result?.verdict ?? ''].join(' ').replaceAll('  ', ' ');
}
