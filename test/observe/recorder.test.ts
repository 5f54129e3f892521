import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Recorder } from '../../lab/observe/recorder.ts';

test('events stand in the order of their times, and of the same time in the order they were reported', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (times) => {
      const recorder = new Recorder(0n);
      const told: string[] = [];
      recorder.onEvent((event) => told.push(`${event.atMs} ${'text' in event ? event.text : ''}`));
      const steps = times.map((atMs, n) => ({ kind: 'step', atMs, text: `${n}` }) as const);
      for (const step of steps) recorder.add(step);
      expect(recorder.events).toEqual(steps.toSorted((a, b) => a.atMs - b.atMs));
      expect(told).toEqual(steps.map(({ atMs, text }) => `${atMs} ${text}`));
    }),
  );
});

test('a flood at one host that is told before that at another is no walk through all of it for each event', () => {
  const recorder = new Recorder(0n);
  let looks = 0;
  const flood = (part: number): void => {
    for (let n = 0; n < 2_000; n += 1)
      recorder.add({
        kind: 'step',
        text: '',
        get atMs() {
          looks += 1;
          return n + part;
        },
      });
  };
  flood(0);
  flood(0.5);
  expect(recorder.events.map(({ atMs }) => atMs * 2)).toEqual(Array.from({ length: 4_000 }, (_, n) => n));
  expect(looks).toBeLessThan(4_000 * 20);
});
