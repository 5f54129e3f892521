import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const socket = connect({ host, port: Number(port), allowHalfOpen: true }).resume();
socket.once('end', () => connect({ host, port: Number(port) }).resume());
setInterval(() => {}, 60_000);
