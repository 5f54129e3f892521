// Bounded: 5,000 watches, 100,000 timers, 3 s.
import { mkdirSync, watch } from 'node:fs';

setTimeout(() => process.exit(), 3_000);
for (let n = 0; n < 100_000; n += 1) setTimeout(() => {}, 2_900);
for (let n = 0; n < 900; n += 1) {
  mkdirSync(`/tmp/${n}`);
  watch(`/tmp/${n}`).on('error', () => {});
}
