import { KernelSocket } from '#lab/socket';

const [address = '', port] = process.argv.slice(2);

KernelSocket.listening({ address, port: Number(port) }, { backlog: 0 });
setInterval(() => {}, 60_000);
