import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

connect({ host, port: Number(port) })
  .on('error', () => {})
  .pause();
process.on('SIGINT', () => console.log('not me'));
setInterval(() => {}, 60_000);
