// Binds its port and does not listen there until it is told to (SIGUSR2). It listens on the next port when that one is bound.
// For a port that belongs to a socket, and still refuses every SYN: CLOSED.
import { isIPv6 } from 'node:net';
import { KernelSocket } from '#lab/socket';

const [address = '', port] = process.argv.slice(2);

const bound = KernelSocket.open({ family: isIPv6(address) ? 6 : 4 });
bound.bind({ address, port: Number(port) });

process.on('SIGUSR2', () => bound.listen(8));

KernelSocket.listening({ address, port: Number(port) + 1 });

// Sockets opened by hand do not keep the program running; a timer does.
setInterval(() => {}, 60_000);
