// Bounded: the daemon ends after 15 s.
import { spawn } from 'node:child_process';

spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); process.on("SIGHUP", () => {}); setTimeout(() => {}, 15_000)'], {
  detached: true,
  stdio: 'ignore',
}).unref();
