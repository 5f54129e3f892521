import { connect } from 'node:net';

const [, port] = process.argv.slice(2);

connect({ host: '127.0.0.1', port: Number(port) }).on('error', (error: NodeJS.ErrnoException) => {
  console.log(error.code);
});
setInterval(() => {}, 60_000);
