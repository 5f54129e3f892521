// Closes when the client has closed: the server is the passive closer.
// For LAST_ACK: its FIN is sent and waits for the last acknowledgement.
import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

createServer((socket) => {
  socket.on('error', () => {});
  socket.resume();
}).listen(Number(port), address);
