// Bounded: 64 files of 16 MiB.
import { writeSync } from 'node:fs';
import { call } from './calls.ts';

const bytes = Buffer.alloc(1 << 20, 1);
for (let n = 0; n < 64; n += 1) {
  const fd = call('memfd_create', `hoard-${n}`, 0);
  for (let k = 0; k < 16; k += 1) writeSync(fd, bytes);
}
setTimeout(() => {}, 5_000);
