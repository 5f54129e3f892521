import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { everyTick } from '../../lab/observe/pulse.ts';

/** Longer than from one tick to the next, in milliseconds. */
const LONG_MS = 8;
/** Turns of the event loop: in each the process reads what has come. */
const TURNS = 150;

function workFor(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

test('looks that take longer than a tick leave room for what else the process has to do', async () => {
  const first = Promise.withResolvers<void>();
  let looks = 0;
  const stop = everyTick(() => {
    looks += 1;
    workFor(LONG_MS);
    first.resolve();
  });
  await first.promise;
  for (let n = 0; n < TURNS; n += 1) await setImmediate();
  stop();
  expect(looks).toBeLessThan(TURNS / 3);
});

test('it ticks for as long as anybody wants it, also after a look that has stopped itself', async () => {
  const ticked: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const stopOne = everyTick(() => {
    ticked.push('one');
    stopOne();
  });
  const stopOther = everyTick(() => {
    ticked.push('other');
    if (ticked.length >= 4) resolve();
  });
  await promise;
  stopOther();
  expect(ticked).toEqual(['one', 'other', 'other', 'other']);
  const again = Promise.withResolvers<void>();
  const stop = everyTick(again.resolve);
  await again.promise;
  stop();
});

test('whoever looks in the place of the last one, within its tick, is looked for once a tick', async () => {
  const waited: number[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  let stopNext = (): void => {};
  const stop = everyTick(() => {
    stop();
    let lastMs = performance.now();
    stopNext = everyTick(() => {
      waited.push(performance.now() - lastMs);
      lastMs = performance.now();
      if (waited.length === 10) resolve();
    });
  });
  await promise;
  stopNext();
  expect(Math.min(...waited)).toBeGreaterThan(1);
});
