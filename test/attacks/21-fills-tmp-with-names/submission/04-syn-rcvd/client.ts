// Bounded: 20,000 files.
import { mkdirSync, writeFileSync } from 'node:fs';

for (let n = 0; n < 200; n += 1) {
  mkdirSync(`/tmp/${n}`);
  for (let k = 0; k < 100; k += 1) writeFileSync(`/tmp/${n}/${k}`, '');
}
