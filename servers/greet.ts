// Listens on its port and the two after it; greets with BYTES bytes (third argument) whoever comes to the last of them.
// For bytes in the client's receive queue, beside connections on which nothing is sent.
import { createServer } from 'node:net';

const [address, port, bytes = '1024'] = process.argv.slice(2);

for (const n of [0, 1, 2]) {
  createServer((socket) => {
    socket.on('error', () => {});
    if (n === 2) socket.write(Buffer.alloc(Number(bytes), 'welcome '));
    socket.resume();
  }).listen(Number(port) + n, address);
}
