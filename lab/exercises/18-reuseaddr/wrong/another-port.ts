import { createServer } from 'node:net';
import { KernelSocket } from '#lab/socket';

const [address = '', port, option] = process.argv.slice(2);

createServer((socket) => socket.on('error', () => {}).resume()).listen({ fd: bound().release() });

function bound(): KernelSocket {
  const reuseAddress = option === 'reuse';
  try {
    return KernelSocket.listening({ address, port: Number(port) }, { reuseAddress });
  } catch {
    return KernelSocket.listening({ address, port: 0 }, { reuseAddress });
  }
}
