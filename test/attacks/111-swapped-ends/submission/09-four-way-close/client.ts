// Bounded: 8 s.
import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);
setTimeout(() => process.exit(), 8_000);
const socket = connect({ host, port: Number(port), allowHalfOpen: true });
socket.on('error', () => {});
socket.on('end', () => setTimeout(() => socket.end(), 500));
socket.resume();
