import { isIPv6, Socket } from 'node:net';
import { KernelSocket } from '#lab/socket';

const [address = '', port, localPort] = process.argv.slice(2);

// The numbers of the system headers: sys/socket.h, netinet/tcp.h.
const SOL_SOCKET = 1;
const SO_KEEPALIVE = 9;
const IPPROTO_TCP = 6;
const TCP_KEEPIDLE = 4;
const TCP_KEEPINTVL = 5;
const TCP_KEEPCNT = 6;

function open(): Socket {
  const family = isIPv6(address) ? 6 : 4;
  const socket = KernelSocket.open({ family, reuseAddress: true });
  // TODO: have the kernel ask after one second of silence, and give up a second after its second question.
  socket.bind({ address: family === 6 ? '::' : '0.0.0.0', port: Number(localPort) });
  socket.connect({ address, port: Number(port) });
  return new Socket({ fd: socket.release() }).resume();
}

open().on('error', (error) => {
  console.error(error.message);
  // TODO: come back.
});
