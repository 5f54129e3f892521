import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const socket = connect({ host, port: Number(port), allowHalfOpen: true });
socket.on('error', () => {});
socket.on('end', () => socket.end());
socket.resume();
