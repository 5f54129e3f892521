// Connects without quick ACKs, and speaks as soon as it can: the handshake's last ACK waits for the first word, and takes it along.
// For a server that goes from SYN_RCVD to ESTABLISHED by a segment with data in it. tcp(7), TCP_QUICKACK.
import { isIPv6 } from 'node:net';
import { KernelSocket } from '#lab/socket';

const IPPROTO_TCP = 6;
const TCP_QUICKACK = 12;

const [address = '', port] = process.argv.slice(2);

const socket = KernelSocket.open({ family: isIPv6(address) ? 6 : 4 });
socket.setOption(IPPROTO_TCP, TCP_QUICKACK, 0);
socket.connect({ address, port: Number(port) });

// The kernel takes nothing before the SYN-ACK has come, and keeps its ACK back for some tens of milliseconds after that.
const trying = setInterval(() => {
  if (socket.send(Buffer.from('hello\n')) !== undefined) clearInterval(trying);
}, 1);

// A socket opened by hand does not keep the program running; a timer does.
setInterval(() => {}, 60_000);
