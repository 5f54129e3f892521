// Echoes, on a socket bound without SO_REUSEADDR, which Node by itself always sets.
// For TIME_WAIT in the way: a restart fails with EADDRINUSE while an old connection is in that state.
import { createServer } from 'node:net';
import { KernelSocket } from '#lab/socket';

const [address = '', port] = process.argv.slice(2);

const listener = KernelSocket.listening({ address, port: Number(port) }, { reuseAddress: false });

createServer((socket) => {
  socket.on('error', () => {});
  socket.pipe(socket);
}).listen({ fd: listener.release() });
