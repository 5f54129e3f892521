// Listens, and then sends and connects to a peer (third and fourth argument) on the same socket, which the kernel refuses.
// For LISTEN → SYN_SENT, which RFC 9293 has and the sockets API has not: a second socket is what connects in the end.
import { isIPv6 } from 'node:net';
import { KernelSocket } from '#lab/socket';

const [address = '', port, peer = '', peerPort] = process.argv.slice(2);
const remote = { address: peer, port: Number(peerPort) };

const listener = KernelSocket.listening({ address, port: Number(port) }, { reuseAddress: true });
const other = KernelSocket.open({ family: isIPv6(peer) ? 6 : 4 });

for (const attempt of [
  () => listener.send(Buffer.from('hello')),
  () => listener.connect(remote),
  () => other.connect(remote),
]) {
  try {
    attempt();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
}

// Sockets opened by hand do not keep the program running; a timer does.
setInterval(() => {}, 60_000);
