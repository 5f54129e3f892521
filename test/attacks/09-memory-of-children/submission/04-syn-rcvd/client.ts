// Bounded: 5 children with 128 MiB, which end after 8 s. Each has only a few threads.
import { spawn } from 'node:child_process';

const CHILD = 'const memory = Buffer.alloc(128 << 20, 1); setTimeout(() => process.exit(memory[0]), 8_000)';
for (let n = 0; n < 5; n += 1) spawn(process.execPath, ['--v8-pool-size=0', '-e', CHILD], { stdio: 'ignore' });
setTimeout(() => process.exit(), 8_000);
