// Finds out by keepalive that its server no longer answers, and connects again from the same port (third argument).
// For a half-open connection: CLOSED at this end, ESTABLISHED at the other, until the new SYN meets the old socket.
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
  socket.setOption(SOL_SOCKET, SO_KEEPALIVE, 1);
  socket.setOption(IPPROTO_TCP, TCP_KEEPIDLE, 1);
  socket.setOption(IPPROTO_TCP, TCP_KEEPINTVL, 1);
  socket.setOption(IPPROTO_TCP, TCP_KEEPCNT, 2);
  socket.bind({ address: family === 6 ? '::' : '0.0.0.0', port: Number(localPort) });
  socket.connect({ address, port: Number(port) });
  return new Socket({ fd: socket.release() }).resume();
}

open().on('error', (error) => {
  console.error(error.message);
  // A client that comes back waits a little, so that a thousand of them do not come back at once.
  setTimeout(() => open().on('error', console.error), 250);
});
