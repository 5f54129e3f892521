import { KernelSocket } from '#lab/socket';

const [address = '', port] = process.argv.slice(2);

const socket = KernelSocket.open({ family: address.includes(':') ? 6 : 4 });
socket.connect({ address, port: Number(port) });

setTimeout(() => socket.shutdown('read'), 200);
setInterval(() => {}, 60_000);
