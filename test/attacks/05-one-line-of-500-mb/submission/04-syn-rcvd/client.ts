// Bounded: 500 MB.
import { writeSync } from 'node:fs';

const part = Buffer.alloc(1_000_000, 'x');
for (let n = 0; n < 500; n += 1) for (let at = 0; at < part.length; ) at += writeSync(1, part, at);
