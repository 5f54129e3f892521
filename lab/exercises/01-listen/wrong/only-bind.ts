import { KernelSocket } from '#lab/socket';

const [address = '', port] = process.argv.slice(2);

const socket = KernelSocket.open({ reuseAddress: true });
socket.bind({ address, port: Number(port) });
setInterval(() => {}, 60_000);
