import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const socket = connect({ host, port: Number(port), allowHalfOpen: true }).resume();
socket.once('end', () => socket.write('are you there?'));
socket.once('error', () => connect({ host, port: Number(port) }));
setInterval(() => {}, 60_000);
