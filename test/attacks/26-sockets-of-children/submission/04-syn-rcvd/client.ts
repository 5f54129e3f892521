// Bounded: 6 children with 1,000 sockets each, 6 s.
import { fork } from 'node:child_process';
import { createSocket } from 'node:dgram';

setTimeout(() => process.exit(), 6_000);
if (process.argv[2] === 'child') for (let n = 0; n < 1_000; n += 1) createSocket('udp4').on('error', () => {}).bind(0);
else
  for (let n = 0; n < 6; n += 1)
    fork(import.meta.filename, ['child'], { execArgv: ['--v8-pool-size=0'], env: { UV_THREADPOOL_SIZE: '1' } });
