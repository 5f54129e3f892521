// Sends back whatever it receives, and closes when the client has closed.
// For ESTABLISHED: a connection on which both ends may send.
import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

createServer((socket) => {
  socket.on('error', () => {});
  socket.pipe(socket);
}).listen(Number(port), address);
