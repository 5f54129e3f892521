import { expect, test } from 'vitest';
import { tcplab } from '../support/tcplab.ts';

interface Document {
  exercises: { number: number; slug: string; runs: number; problems: string[] }[];
}

test('every exercise is as it should be: its starter fails, its reference passes, its wrong programs fail as they must', async () => {
  const { stdout, stderr, exitCode } = await tcplab('dev', 'check', '--json');
  expect(stderr).toBe('');
  const { exercises } = JSON.parse(stdout) as Document;
  const problems = exercises.flatMap(({ slug, problems: all }) =>
    all.map((problem) => `${slug}: ${problem}`),
  );
  expect(problems).toEqual([]);
  expect(exercises.map(({ number }) => number)).toEqual(Array.from({ length: 28 }, (_, n) => n + 1));
  for (const { runs } of exercises) expect(runs).toBeGreaterThanOrEqual(6);
  expect(exitCode).toBe(0);
}, 300_000);
