// Listens without having bound anything: neither an address nor a port is its own choice.
// For LISTEN at every address, on a port that the kernel has picked.
import { isIPv6 } from 'node:net';
import { KernelSocket } from '#lab/socket';

const [address = ''] = process.argv.slice(2);

KernelSocket.open({ family: isIPv6(address) ? 6 : 4 }).listen(8);

// A socket opened by hand does not keep the program running; a timer does.
setInterval(() => {}, 60_000);
