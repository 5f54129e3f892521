import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', (question) => socket.end(question));
}).listen(Number(port), address);
