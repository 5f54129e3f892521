import { connect, createServer } from 'node:net';

const port = Number(process.argv[3]);

const server = createServer({ pauseOnConnect: true }).listen(port, '127.0.0.1', () => {
  const socket = connect({ host: '127.0.0.1', port }, () => {
    socket.write(Buffer.alloc(1 << 20));
    setTimeout(() => socket.resetAndDestroy(), 100);
  });
});
server.on('connection', (socket) => socket.on('error', () => {}));
