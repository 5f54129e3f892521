import { connect, createServer } from 'node:net';

const [, port] = process.argv.slice(2);

const server = createServer((socket) => socket.resume());
server.listen(Number(port), '127.0.0.1', () => {
  const socket = connect({ host: '127.0.0.1', port: Number(port) }, () => socket.end());
  socket.resume();
});
