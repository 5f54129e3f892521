import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { belongings } from '../support/leftovers.ts';
import { ROOT } from '../support/tcplab.ts';

/** So many at a time. */
const AT_ONCE = 4;
/** Of all kills so many at least meet a run that has its namespaces. */
const MET = 0.3;

/** PATH and HOME reach the programs under test too, so a folder in PATH marks every process of a run. */
export function startTour(marker: string, args: readonly string[] = []) {
  return spawn(join(ROOT, 'tcplab'), ['tour', '--hold', '100', ...args], {
    env: { ...process.env, NO_COLOR: '1', PATH: `${process.env.PATH}:/${marker}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** How long a whole tour takes here and now, in milliseconds: whoever ends one at a random moment waits for the clock. */
export async function tourTakes(): Promise<number> {
  const begun = performance.now();
  const child = startTour('tcplab-whole');
  child.stdout.resume();
  child.stderr.resume();
  expect(await once(child, 'exit')).toEqual([0, null]);
  return performance.now() - begun;
}

export async function nothingLeft(marker: string): Promise<void> {
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

/** Kills so many tours, each at a random moment, and expects nothing of them to be left. */
export function leavesNothingBehind(kills: number, timeout: number): void {
  test(`SIGKILL of the outermost process at ${kills} random moments leaves nothing behind`, {
    timeout,
  }, async () => {
    const tourMs = await tourTakes();
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
    for (let n = 0; n < kills; n += AT_ONCE)
      await Promise.all(Array.from({ length: AT_ONCE }, (_, m) => killOne(n + m)));
    const after = await belongings(marker);
    expect(after).toEqual(before);
    // The marker really finds a run.
    expect(seen).toBeGreaterThan(MET * kills);
  });
}
