import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { belongings } from '../support/leftovers.ts';
import { ROOT } from '../support/tcplab.ts';

/** How long a whole tour takes here and now. A kill at a random moment of it is what is tested, so this file waits for the clock. */
let tourMs = 0;

beforeAll(async () => {
  const begun = performance.now();
  const child = startTour('tcplab-whole');
  child.stdout.resume();
  child.stderr.resume();
  expect(await once(child, 'exit')).toEqual([0, null]);
  tourMs = performance.now() - begun;
});

/** PATH and HOME reach the programs under test too, so a folder in PATH marks every process of a run. */
function startTour(marker: string, args: readonly string[] = []) {
  return spawn(join(ROOT, 'tcplab'), ['tour', '--hold', '100', ...args], {
    env: { ...process.env, NO_COLOR: '1', PATH: `${process.env.PATH}:/${marker}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function nothingLeft(marker: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const { processes, namespaces } = await belongings(marker);
        return { processes, namespaces };
      },
      { timeout: 5_000, interval: 20 },
    )
    .toEqual({ processes: [], namespaces: [] });
}

test('SIGKILL of the outermost process at 100 random moments leaves nothing behind', {
  timeout: 180_000,
}, async () => {
  const marker = `tcplab-kill-${process.pid}`;
  const before = await belongings(marker);
  let seen = 0;
  const killOne = async (n: number): Promise<void> => {
    const child = startTour(`${marker}-${n}`);
    const exited = once(child, 'exit');
    child.stdout.resume();
    child.stderr.resume();
    await delay(Math.random() * tourMs);
    if ((await belongings(`${marker}-${n}`)).namespaces.length > 0) seen += 1;
    child.kill('SIGKILL');
    await exited;
    await nothingLeft(`${marker}-${n}`);
  };
  for (let n = 0; n < 100; n += 4) await Promise.all([0, 1, 2, 3].map((m) => killOne(n + m)));
  const after = await belongings(marker);
  expect(after).toEqual(before);
  // The marker really finds a run: most kills met one that had its namespaces.
  expect(seen).toBeGreaterThan(30);
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s at any moment: exit 130, and nothing is left',
  async (signal) => {
    for (const moment of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      const marker = `tcplab-${signal}-${process.pid}-${moment}`;
      const child = startTour(marker, ['--hold', '60000']);
      const exited = once(child, 'exit');
      child.stdout.resume();
      child.stderr.resume();
      await expect
        .poll(async () => (await belongings(marker)).namespaces.length, { timeout: 10_000, interval: 5 })
        .toBeGreaterThan(0);
      await delay(moment * tourMs);
      child.kill(signal);
      expect(await exited).toEqual([130, null]);
      await nothingLeft(marker);
    }
  },
);
