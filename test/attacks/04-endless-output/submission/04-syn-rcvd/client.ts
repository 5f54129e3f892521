// Bounded: 64 MiB.
import { writeSync } from 'node:fs';

const lines = 'PASS\n'.repeat(13_000);
for (let n = 0; n < 1_024; n += 1) writeSync(1, lines);
