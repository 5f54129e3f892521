import { KernelSocket } from '#lab/socket';

const [address = '', port] = process.argv.slice(2);

KernelSocket.listening({ address, port: Number(port) });
setInterval(() => {}, 60_000);
