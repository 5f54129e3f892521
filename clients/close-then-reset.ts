// Connects, closes its sending side, and when it is told to stop it resets what is left of the connection.
// For an RST that comes after a FIN: it ends CLOSE_WAIT and LAST_ACK on the server.
import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const socket = connect({ host, port: Number(port), allowHalfOpen: true }, () => socket.end());
socket.on('error', () => {});
socket.resume();

process.once('SIGTERM', () => socket.resetAndDestroy());
