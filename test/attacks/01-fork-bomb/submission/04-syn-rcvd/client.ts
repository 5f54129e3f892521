// Bounded: 3 children each, 4 generations, and all end after 10 s.
import { spawn } from 'node:child_process';

const depth = Number(process.env.DEPTH ?? 0);
setTimeout(() => process.exit(), 10_000);
if (depth < 4)
  for (let n = 0; n < 3; n += 1)
    spawn(process.execPath, [import.meta.filename], { env: { DEPTH: String(depth + 1) }, stdio: 'ignore' }).on(
      'error',
      () => {},
    );
