// Sends back the first bytes that it receives, and then closes first, as HTTP/1.0 does.
// For TIME_WAIT on the server; an echo on the wire shows what has reached the program.
import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', (bytes) => socket.end(bytes));
  socket.resume();
}).listen(Number(port), address);
