// Answers with 64 KiB when it is told to (SIGUSR2), long after the client has closed; told again, it closes.
// For FIN_WAIT_2 with CLOSE_WAIT on which data still flow one way: a connection that is closed by half.
import { on } from 'node:events';
import { createServer, type Socket } from 'node:net';

const [address, port] = process.argv.slice(2);
const orders = on(process, 'SIGUSR2');

createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => {});
  socket.resume();
  void answer(socket);
}).listen(Number(port), address);

async function answer(socket: Socket): Promise<void> {
  await orders.next();
  socket.write(Buffer.alloc(65_536, '.'));
  await orders.next();
  socket.end();
}
