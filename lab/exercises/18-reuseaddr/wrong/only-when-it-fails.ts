import { createServer } from 'node:net';
import { KernelSocket } from '#lab/socket';

const [address = '', port, option] = process.argv.slice(2);

createServer((socket) => socket.on('error', () => {}).resume()).listen({ fd: bound().release() });

function bound(): KernelSocket {
  const endpoint = { address, port: Number(port) };
  try {
    return KernelSocket.listening(endpoint, { reuseAddress: false });
  } catch (error) {
    if (option !== 'reuse') throw error;
    return KernelSocket.listening(endpoint, { reuseAddress: true });
  }
}
