// Echoes, on a socket bound with SO_REUSEADDR or without it: the third argument is `reuse` or `noreuse`.
// For a restart over TIME_WAIT: EADDRINUSE, unless both the program that was there before and this one had it.
import { createServer } from 'node:net';
import { KernelSocket } from '#lab/socket';

const [address = '', port, option] = process.argv.slice(2);

const listener = KernelSocket.listening(
  { address, port: Number(port) },
  { reuseAddress: option === 'reuse' },
);

createServer((socket) => {
  socket.on('error', () => {});
  socket.pipe(socket);
}).listen({ fd: listener.release() });
