import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

createServer((socket) => {
  socket.on('error', () => {});
  socket.resume();

  // TODO: make both ends close at once: each sends its FIN before the other's has arrived.
}).listen(Number(port), address);
