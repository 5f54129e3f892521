import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

createServer((socket) => {
  socket.on('error', () => {});

  // TODO: close the first connection while its bytes lie unread. A second connection comes when they are all there.
}).listen(Number(port), address);
