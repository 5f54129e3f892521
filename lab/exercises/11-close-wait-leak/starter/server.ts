import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

// TODO: this server answers everybody, and every client leaves a socket in CLOSE_WAIT behind. Repair it.
createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => {});
  socket.on('data', (question) => socket.write(question));
}).listen(Number(port), address);
