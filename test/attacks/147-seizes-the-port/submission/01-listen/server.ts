// Bounded: 10 s.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);
setTimeout(() => process.exit(), 10_000);
if (process.env.SECOND === undefined)
  spawn(process.execPath, [import.meta.filename, address ?? '', port ?? ''], { env: { SECOND: '1' }, stdio: 'ignore' });
createServer()
  .on('error', () => {})
  .listen({ port: Number(port), host: address, reusePort: true, backlog: 5 });
