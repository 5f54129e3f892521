import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const socket = connect({ host, port: Number(port) }, () => {
  setTimeout(() => socket.resetAndDestroy(), 120);
});
setInterval(() => {}, 60_000);
