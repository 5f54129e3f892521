import { createServer } from 'node:net';
import { KernelSocket } from '#lab/socket';

const SOL_SOCKET = 1;
const SO_REUSEADDR = 2;

const [address = '', port, option] = process.argv.slice(2);

const listener = KernelSocket.listening({ address, port: Number(port) }, { reuseAddress: false });
if (option === 'reuse') listener.setOption(SOL_SOCKET, SO_REUSEADDR, 1);

createServer((socket) => socket.on('error', () => {}).resume()).listen({ fd: listener.release() });
