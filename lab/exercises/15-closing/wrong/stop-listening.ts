import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

const server = createServer((socket) => {
  socket.on('error', () => {});
  socket.resume();
  server.close();
}).listen(Number(port), address);
