// Connects from a port it is told (third argument), and closes its sending side when it is told to stop, connected or not.
// For a close in SYN_RCVD: by hand, for Node itself closes nothing that is not open yet.
import { isIPv6 } from 'node:net';
import { KernelSocket } from '#lab/socket';

const [address = '', port, localPort] = process.argv.slice(2);
const family = isIPv6(address) ? 6 : 4;

const socket = KernelSocket.open({ family });
socket.bind({ address: family === 6 ? '::' : '0.0.0.0', port: Number(localPort) });
socket.connect({ address, port: Number(port) });

process.once('SIGTERM', () => socket.shutdown('write'));

// A socket opened by hand does not keep the program running; a timer does.
setInterval(() => {}, 60_000);
