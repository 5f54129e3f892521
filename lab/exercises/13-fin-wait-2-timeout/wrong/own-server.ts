import { connect, createServer } from 'node:net';

const port = Number(process.argv[3]);

createServer({ allowHalfOpen: true }, (socket) => socket.resume()).listen(port, '127.0.0.1', () => {
  const kept = connect({ host: '127.0.0.1', port, allowHalfOpen: true }, () => kept.end());
  const given = connect({ host: '127.0.0.1', port }, () => given.destroy());
});
