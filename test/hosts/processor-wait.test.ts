import { type ChildProcess, spawn } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { ProcessorWait } from '../../lab/host/processor-wait.ts';

const LOOP = 'const end = performance.now() + 30_000; while (performance.now() < end);';
const SOON = { timeout: 25_000 };

/** A program on the first processor, which goes with the test. */
function started(niceness: number, source: string): ChildProcess {
  const command = ['nice', '-n', String(niceness), process.execPath, '--eval', source];
  const child = spawn('taskset', ['--cpu-list', '0', ...command], { stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** What is told of a program, the last last. */
function toldOf(child: ChildProcess, usedMs?: () => number): { readonly told: number[]; look(): void } {
  const told: number[] = [];
  const wait = new ProcessorWait({
    pid: () => child.pid,
    ...(usedMs && { usedMs }),
    told: (ms) => told.push(ms),
  });
  onTestFinished(() => wait.stop());
  return { told, look: () => wait.look() };
}

test('one that others keep from running waits, and more and more', async () => {
  started(0, LOOP);
  const { told } = toldOf(started(19, LOOP));
  await expect.poll(() => told.at(-1) ?? 0, SOON).toBeGreaterThan(1_000);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
});

test('what it takes from itself does not count', async () => {
  started(0, LOOP);
  const starved = started(19, LOOP);
  const all = toldOf(starved);
  const { told } = toldOf(starved, () => 60_000);
  await expect.poll(() => all.told.at(-1) ?? 0, SOON).toBeGreaterThan(1_000);
  expect(told).toEqual([]);
});

test('one that has run for long enough was kept from nothing, whatever it has waited until then', async () => {
  started(0, LOOP);
  const { told } = toldOf(started(0, LOOP));
  await expect.poll(() => told.at(-1), SOON).toBe(0);
  expect(told[0]).toBeGreaterThan(0);
});

test('of one that has ended nothing is told', async () => {
  const child = started(0, '');
  const { promise, resolve } = Promise.withResolvers<void>();
  child.once('exit', () => resolve());
  await promise;
  const seen = toldOf(child);
  seen.look();
  expect(seen.told).toEqual([]);
});
