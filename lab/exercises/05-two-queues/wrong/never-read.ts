import { createServer } from 'node:net';

const [host, port] = process.argv.slice(2);

createServer((socket) => {
  socket.on('error', () => {});
  socket.pause();
}).listen({ host, port: Number(port), backlog: 1 });
