import { createServer } from 'node:net';
import { KernelSocket } from '#lab/socket';

const SOL_SOCKET = 1;
const SO_REUSEPORT = 15;

const [address = '', port, option] = process.argv.slice(2);

const listener = KernelSocket.open({ family: address.includes(':') ? 6 : 4 });
if (option === 'reuse') listener.setOption(SOL_SOCKET, SO_REUSEPORT, 1);
listener.bind({ address, port: Number(port) });
listener.listen(511);

createServer((socket) => socket.on('error', () => {}).resume()).listen({ fd: listener.release() });
