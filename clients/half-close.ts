// Connects, closes its sending side, and keeps reading until the server has closed too.
// For FIN_WAIT_2: the client's FIN is acknowledged, the server's has not come.
import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const socket = connect({ host, port: Number(port), allowHalfOpen: true }, () => socket.end());
socket.on('error', () => {});
socket.resume();
