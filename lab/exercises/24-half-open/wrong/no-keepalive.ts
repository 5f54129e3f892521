import { isIPv6, Socket } from 'node:net';
import { KernelSocket } from '#lab/socket';

const [address = '', port, localPort] = process.argv.slice(2);

function open(): Socket {
  const family = isIPv6(address) ? 6 : 4;
  const socket = KernelSocket.open({ family, reuseAddress: true });
  socket.bind({ address: family === 6 ? '::' : '0.0.0.0', port: Number(localPort) });
  socket.connect({ address, port: Number(port) });
  return new Socket({ fd: socket.release() }).resume();
}

open().on('error', (error) => {
  console.error(error.message);
  // A client that comes back waits a little, so that a thousand of them do not come back at once.
  setTimeout(() => open().on('error', console.error), 250);
});
