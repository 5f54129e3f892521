// Bounded: the child ends after 15 s.
import { spawn } from 'node:child_process';

spawn(process.execPath, ['-e', 'setInterval(() => console.log("still here"), 500); setTimeout(() => process.exit(), 15_000)'], {
  detached: true,
  stdio: ['ignore', 'inherit', 'inherit'],
}).unref();
process.exit();
