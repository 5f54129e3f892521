// Bounded: 12 s.
import { Worker } from 'node:worker_threads';

for (let n = 0; n < 8; n += 1)
  new Worker('const end = Date.now() + 12_000; while (Date.now() < end);', { eval: true });
