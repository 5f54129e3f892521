// Bounded: 8 s.
import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);
setTimeout(() => process.exit(), 8_000);
createServer((socket) => {
  socket.on('error', () => {});
  socket.end();
  socket.resume();
}).listen(Number(port), address);
