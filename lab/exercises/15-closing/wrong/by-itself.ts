import { connect, createServer } from 'node:net';

const port = Number(process.argv[3]);

createServer((socket) => socket.resume().end()).listen(port, '127.0.0.1', () => {
  const socket = connect({ host: '127.0.0.1', port }, () => socket.resume().end());
});
