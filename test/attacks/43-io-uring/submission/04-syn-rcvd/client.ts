// Node itself must work without it, also when it is told to use it.
import { spawnSync } from 'node:child_process';
import { attempt, report } from './calls.ts';

const child = spawnSync(process.execPath, ['-e', 'require("fs").readFile("/etc/hosts", () => console.log("works"))'], {
  env: { UV_USE_IO_URING: '1' },
  encoding: 'utf8',
});
report({ setup: attempt('io_uring_setup', 8, Buffer.alloc(120)), node: child.stdout.trim() });
