import { connect, createServer } from 'node:net';

const [, port] = process.argv.slice(2);

createServer().listen(Number(port), '127.0.0.1', () => {
  connect({ host: '127.0.0.1', port: Number(port) });
});
