// Bounded: 64 MiB.
import { appendFileSync } from 'node:fs';

const bytes = Buffer.alloc(1 << 20, 1);
for (let n = 0; n < 64; n += 1) appendFileSync(`/tmp/${n % 4}`, bytes);
