import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { ROOT, tcplab } from '../support/tcplab.ts';
import { madeBy } from './support/made.ts';

const CHECK = ['check', '4', '--reference', '--backend', 'docker'];
const KILLS = 20;
const AT_ONCE = 4;

/** How long a whole check takes here and now. A kill at a random moment of it is what is tested, so this file waits for the clock. */
let checkMs = 0;

beforeAll(async () => {
  const begun = performance.now();
  expect((await tcplab(...CHECK)).exitCode).toBe(0);
  checkMs = performance.now() - begun;
});

function startCheck(): ChildProcess {
  return spawn(join(ROOT, 'tcplab'), CHECK, { env: { ...process.env, NO_COLOR: '1' }, stdio: 'ignore' });
}

test(`SIGKILL at ${KILLS} random moments, then one more run: nothing of the dead runs remains`, {
  timeout: 180_000,
}, async () => {
  const dead: (number | undefined)[] = [];
  let seen = 0;
  const killOne = async (): Promise<void> => {
    const child = startCheck();
    const exited = once(child, 'exit');
    await delay(Math.random() * checkMs);
    if ((await madeBy(child.pid)).length > 0) seen += 1;
    child.kill('SIGKILL');
    await exited;
    dead.push(child.pid);
  };
  for (let n = 0; n < KILLS; n += AT_ONCE) await Promise.all(Array.from({ length: AT_ONCE }, killOne));
  expect((await tcplab(...CHECK)).exitCode).toBe(0);
  expect(await madeBy(...dead)).toEqual([]);
  // The labels really tell a run: most kills met one that had made something.
  expect(seen).toBeGreaterThan(KILLS / 3);
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s at any moment: exit 130, and nothing is left',
  { timeout: 120_000 },
  async (signal) => {
    const interruptOne = async (moment: number): Promise<void> => {
      const child = startCheck();
      const exited = once(child, 'exit');
      await expect
        .poll(async () => (await madeBy(child.pid)).length, { timeout: 20_000, interval: 5 })
        .toBeGreaterThan(0);
      await delay(moment * checkMs);
      child.kill(signal);
      expect(await exited).toEqual([130, null]);
      expect(await madeBy(child.pid)).toEqual([]);
    };
    await Promise.all([0, 0.1, 0.25, 0.5].map(interruptOne));
  },
);
