import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { quietly, ROOT } from '../support/tcplab.ts';
import { madeBy } from './support/made.ts';

const LOOK_MS = 20;

test('dev check, interrupted, begins no more of the runs that wait for their turn', async () => {
  const args = ['dev', 'check', '1', '--backend', 'docker', '--jobs', '2'];
  const command = execa(process.execPath, [join(ROOT, 'lab/cli/main.ts'), ...args], {
    ...quietly,
    forceKillAfterDelay: false,
  });
  const { pid } = command;
  while ((await madeBy(pid)).length < 3) await setTimeout(LOOK_MS);
  command.kill('SIGTERM');
  const { stderr, exitCode } = await command;
  expect(stderr).toBe('tcplab: interrupted. Everything it had made is gone.');
  expect(exitCode).toBe(130);
  expect(await madeBy(pid)).toEqual([]);
});
