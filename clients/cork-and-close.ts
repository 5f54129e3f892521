// Connects, and says goodbye with TCP_CORK set: the kernel keeps the word until there is more, and what comes is the end.
// For a FIN that carries data: the last bytes and the FIN leave in one segment.
import { isIPv6, Socket } from 'node:net';
import { KernelSocket } from '#lab/socket';

const [address = '', port] = process.argv.slice(2);

// The numbers of the system headers: netinet/tcp.h.
const IPPROTO_TCP = 6;
const TCP_CORK = 3;

const socket = KernelSocket.open({ family: isIPv6(address) ? 6 : 4 });
socket.setOption(IPPROTO_TCP, TCP_CORK, 1);
socket.connect({ address, port: Number(port) });

new Socket({ fd: socket.release() })
  .on('error', () => {})
  .resume()
  .end('Goodbye.\n');
