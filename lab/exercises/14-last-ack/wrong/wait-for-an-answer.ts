import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => {});
  socket.on('end', () => socket.write('Is that all?\n'));
  socket.on('data', () => socket.end());
}).listen(Number(port), address);
