// Bounded: 6 s.
import { connect, createServer } from 'node:net';

const [, port] = process.argv.slice(2);
setTimeout(() => process.exit(), 6_000);
createServer((socket) => socket.on('error', () => {}).resume()).listen(Number(port), '0.0.0.0', () => {
  for (const host of ['127.0.0.1', '127.0.0.2'])
    connect({ host, port: Number(port) }).on('error', () => {});
});
