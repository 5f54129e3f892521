import { createServer } from 'node:net';
import { KernelSocket } from '#lab/socket';

const [address = '', port] = process.argv.slice(2);

const listener = KernelSocket.listening({ address, port: Number(port) }, { reuseAddress: false });

createServer((socket) => socket.on('error', () => {}).resume()).listen({ fd: listener.release() });
