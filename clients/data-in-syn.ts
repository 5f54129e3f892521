// Opens a connection with TCP Fast Open, and so its first word leaves together with the SYN.
// For SYN_SENT with data on their way. Both hosts must allow it: `tcp_fastopen`. RFC 7413; tcp(7), TCP_FASTOPEN_CONNECT.
import { isIPv6 } from 'node:net';
import { KernelSocket } from '#lab/socket';

const IPPROTO_TCP = 6;
const TCP_FASTOPEN_CONNECT = 30;

const [address = '', port] = process.argv.slice(2);

const socket = KernelSocket.open({ family: isIPv6(address) ? 6 : 4 });
socket.setOption(IPPROTO_TCP, TCP_FASTOPEN_CONNECT, 1);
socket.connect({ address, port: Number(port) });
socket.send(Buffer.from('early\n'));

// A socket opened by hand does not keep the program running; a timer does.
setInterval(() => {}, 60_000);
