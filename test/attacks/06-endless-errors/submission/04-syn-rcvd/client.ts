// Bounded: 64 MiB.
import { writeSync } from 'node:fs';

const lines = 'Error: no\n    at client.ts:1:1\n'.repeat(2_000);
for (let n = 0; n < 1_024; n += 1) writeSync(2, lines);
