import { KernelSocket } from '#lab/socket';

const [address = '', port] = process.argv.slice(2);

KernelSocket.listening({ address, port: Number(port) }, { backlog: 1 });
setTimeout(() => process.exit(), 250);
