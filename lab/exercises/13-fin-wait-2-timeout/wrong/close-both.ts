import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const one = connect({ host, port: Number(port), allowHalfOpen: true }, () => one.destroy());
const other = connect({ host, port: Number(port) }, () => other.destroy());

setInterval(() => {}, 60_000);
