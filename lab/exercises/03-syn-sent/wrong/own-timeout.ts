import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const socket = connect({ host, port: Number(port) }).on('error', (error: NodeJS.ErrnoException) => {
  console.log(error.code);
  process.exit(1);
});
setTimeout(() => {
  console.log('ETIMEDOUT');
  socket.destroy();
}, 2_000);
