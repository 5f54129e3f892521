// Bounded: 8 s.
import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);
setTimeout(() => process.exit(), 8_000);
createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => {});
}).listen(Number(port), address);
