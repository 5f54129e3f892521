// Accepts connections, and reads nothing of what comes.
// For a window that fills up, and unread bytes in the receive queue.
import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

createServer({ pauseOnConnect: true }, (socket) => {
  socket.on('error', () => {});
}).listen(Number(port), address);
