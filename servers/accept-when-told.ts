// Listens with a backlog of 1, and accepts one connection each time it is told to (SIGUSR2).
// For the accept queue: it fills up by itself, and a program is needed only to empty it.
import { KernelSocket } from '#lab/socket';

const [address = '', port] = process.argv.slice(2);

const listener = KernelSocket.listening({ address, port: Number(port) }, { backlog: 1, reuseAddress: true });
const accepted: KernelSocket[] = [];

process.on('SIGUSR2', () => {
  const socket = listener.accept();
  if (socket !== undefined) accepted.push(socket);
});

// Sockets opened by hand do not keep the program running; a timer does.
setInterval(() => {}, 60_000);
