// Closes every connection as soon as it is accepted: the server is the active closer.
// For TIME_WAIT on the server, or CLOSING when the client closes at the same moment.
import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

createServer((socket) => {
  socket.on('error', () => {});
  socket.end();
  socket.resume();
}).listen(Number(port), address);
