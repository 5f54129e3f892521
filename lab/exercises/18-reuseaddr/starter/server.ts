import { createServer } from 'node:net';
import { KernelSocket } from '#lab/socket';

const [address = '', port, option] = process.argv.slice(2);

// TODO: bind with SO_REUSEADDR when `option` is `reuse`, and without it when it is `noreuse`.
const listener = KernelSocket.listening({ address, port: Number(port) });

createServer((socket) => {
  socket.on('error', () => {});
  socket.pipe(socket);
}).listen({ fd: listener.release() });
