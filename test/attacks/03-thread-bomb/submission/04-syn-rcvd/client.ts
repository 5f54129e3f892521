// Bounded: 200 threads, which end after 10 s.
import { Worker } from 'node:worker_threads';

setTimeout(() => process.exit(), 10_000);
for (let n = 0; n < 200; n += 1)
  new Worker('setTimeout(() => {}, 10_000)', { eval: true }).on('error', () => {});
