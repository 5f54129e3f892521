import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const socket = connect({ host, port: Number(port) }).resume();
socket.once('end', () => setInterval(() => socket.write('are you there?'), 20));
socket.once('error', () => connect({ host, port: Number(port) }).resume());
