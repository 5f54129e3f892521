import { KernelSocket } from '#lab/socket';

const [address = '', port] = process.argv.slice(2);

const listener = KernelSocket.listening({ address, port: Number(port) }, { backlog: 1 });
const timer = setInterval(() => {
  if (listener.accept() !== undefined) clearInterval(timer);
}, 1);
setInterval(() => {}, 60_000);
