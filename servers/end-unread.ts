// Reads nothing of what comes, and closes its sending side when it is told to (SIGUSR2).
// For a FIN that meets one which cannot leave: the client's stands in line behind bytes that nobody takes. CLOSING.
import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
  socket.on('error', () => {});
  process.once('SIGUSR2', () => socket.end());
}).listen(Number(port), address);
