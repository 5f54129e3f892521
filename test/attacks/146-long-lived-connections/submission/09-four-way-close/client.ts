// Bounded: 100 connections, 8 s.
import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);
setTimeout(() => process.exit(), 8_000);
for (let n = 0; n < 100; n += 1) {
  const socket = connect({ host, port: Number(port), allowHalfOpen: true }, () => {
    if (n % 2 === 0) socket.end();
    else socket.resetAndDestroy();
  });
  socket.on('error', () => {});
}
