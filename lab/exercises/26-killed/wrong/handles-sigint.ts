import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const socket = connect({ host, port: Number(port), allowHalfOpen: true })
  .on('error', () => {})
  .pause();
process.on('SIGINT', () => socket.end());
setInterval(() => {}, 60_000);
