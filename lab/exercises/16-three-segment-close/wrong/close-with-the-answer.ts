import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

createServer((socket) => {
  socket.on('error', () => {});
  socket.on('data', (data) => socket.end(data));
}).listen(Number(port), address);
