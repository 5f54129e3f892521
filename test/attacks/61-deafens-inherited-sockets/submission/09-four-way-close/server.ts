import './deafen.ts';
// Keeps its side open for half a second after the client has closed, then closes too.
// For the whole close, slowly: CLOSE_WAIT while it waits, LAST_ACK when it has closed; FIN_WAIT_2 on the client meanwhile.
import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => {});
  socket.on('end', () => setTimeout(() => socket.end(), 500));
  socket.resume();
}).listen(Number(port), address);
