// Listens with a backlog of 1 and never accepts: the kernel completes two handshakes and queues them.
// For a full accept queue: a third client stays in SYN_SENT.
import { KernelSocket } from '#lab/socket';

const [address = '', port] = process.argv.slice(2);

KernelSocket.listening({ address, port: Number(port) }, { backlog: 1, reuseAddress: true });

// A socket opened by hand does not keep the program running; a timer does.
setInterval(() => {}, 60_000);
