import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { slowly } from '../../../lab/dashboard/page/pictures/slowly.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('acts at once, then not before its time, and on the last value in any case', () => {
  const value = signal(1);
  const seen: number[] = [];
  const end = slowly(value, (now) => seen.push(now), 500);
  for (const next of [2, 3, 4]) value.value = next;
  expect(seen).toEqual([1]);
  vi.advanceTimersByTime(500);
  expect(seen).toEqual([1, 4]);
  vi.advanceTimersByTime(5_000);
  value.value = 5;
  expect(seen).toEqual([1, 4, 5]);
  value.value = 6;
  end();
  vi.advanceTimersByTime(5_000);
  expect(seen).toEqual([1, 4, 5]);
});

test('what takes long is done less often: a twentieth of the time at most', () => {
  const value = signal(0);
  let acts = 0;
  const end = slowly(
    value,
    () => {
      acts += 1;
      vi.advanceTimersByTime(100);
    },
    10,
  );
  const began = performance.now();
  while (performance.now() - began < 20_000) {
    value.value += 1;
    vi.advanceTimersByTime(16);
  }
  end();
  expect(acts).toBeGreaterThan(5);
  expect(acts).toBeLessThan(13);
});
