import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

createServer((socket) => {
  socket.on('error', () => {});
  socket.resume();

  // TODO: keep your side open for half a second after the client has closed, then close.
}).listen(Number(port), address);
