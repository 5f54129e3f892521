import { connect, createServer } from 'node:net';

const port = Number(process.argv[3]);

createServer((socket) => socket.destroy()).listen(port, '127.0.0.1', () => {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true }).resume();
  socket.once('end', () => setInterval(() => socket.write('are you there?'), 20));
  socket.on('error', () => {});
});
