import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const socket = connect({ host, port: Number(port) }).pause();
process.on('SIGINT', () => {
  socket.resetAndDestroy();
  setImmediate(() => process.exit());
});
setInterval(() => {}, 60_000);
