// Accepts connections, reads to the end of them, and never closes its own side.
// For CLOSE_WAIT on the server, as long as it runs; and FIN_WAIT_2 on the client.
import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => {});
  socket.resume();
}).listen(Number(port), address);
