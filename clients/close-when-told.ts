// Connects, closes its sending side when it is told to stop, and reads until the server has closed too.
// For a close whose moment is chosen from outside: CLOSE_WAIT and LAST_ACK on the server.
import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const socket = connect({ host, port: Number(port), allowHalfOpen: true });
socket.on('error', () => {});
socket.resume();

process.once('SIGTERM', () => socket.end());
