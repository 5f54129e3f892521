import { expect, test } from 'vitest';
import { monotonicNs, realtimeNs, realtimeToMonotonicNs } from '../../../lab/sys/clock.ts';

test('the realtime clock agrees with Date', () => {
  const before = BigInt(Date.now());
  const now = realtimeNs() / 1_000_000n;
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(BigInt(Date.now()));
});

test('a realtime moment between two monotonic ones is between them when it is converted', () => {
  realtimeToMonotonicNs();
  for (let n = 0; n < 1_000; n++) {
    const before = monotonicNs();
    const between = realtimeNs() + realtimeToMonotonicNs();
    expect(between).toBeGreaterThan(before - 100_000n);
    expect(between).toBeLessThan(monotonicNs() + 100_000n);
  }
});

test('the distance of the clocks does not wander, so that converted times keep their order', () => {
  const distances = Array.from({ length: 1_000 }, realtimeToMonotonicNs);
  expect(new Set(distances).size).toBe(1);
});
