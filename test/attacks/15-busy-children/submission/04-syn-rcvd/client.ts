// Bounded: 40 children of 300 ms, and 12 s.
import { spawnSync } from 'node:child_process';

const end = Date.now() + 12_000;
for (let n = 0; n < 40 && Date.now() < end; n += 1)
  spawnSync(process.execPath, ['-e', 'const end = Date.now() + 300; while (Date.now() < end);']);
