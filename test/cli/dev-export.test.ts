import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tcplab } from '../support/tcplab.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'tcplab-test-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

test('an exported reference passes as a submission, wherever it lies; answers are those of a seed', async () => {
  const to = folder();
  const { stdout, exitCode } = await tcplab(
    'dev',
    'export',
    '2',
    '15',
    '28',
    '--to',
    to,
    '--seed',
    'amy',
    '--json',
  );
  expect(exitCode).toBe(0);
  const { files } = JSON.parse(stdout) as { files: string[] };
  expect(files.map((file) => file.slice(to.length + 1))).toEqual([
    '02-handshake/client.ts',
    '15-closing/client.ts',
    '15-closing/server.ts',
    '28-incident/answers.json',
  ]);
  for (const number of ['2', '15', '28']) {
    const check = await tcplab('check', number, '--from', to, '--seed', 'amy');
    expect(check.stdout).toContain('Passed: ');
    expect(check.exitCode).toBe(0);
  }
});

test('what is there is never overwritten, and then nothing else is written either', async () => {
  const to = folder();
  await tcplab('dev', 'export', '4', '--to', to);
  const { stderr, exitCode } = await tcplab('dev', 'export', '2', '4', '--to', to);
  expect(stderr).toContain('client.ts is there already; nothing was written');
  expect(exitCode).toBe(2);
  expect(existsSync(join(to, '02-handshake'))).toBe(false);
});
