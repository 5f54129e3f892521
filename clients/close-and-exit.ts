// Connects, sends a line, closes, and ends as soon as the kernel has taken both.
// For FIN_WAIT_1 without an owner: while nothing is acknowledged, the kernel keeps the socket for a program that is gone.
import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const socket = connect({ host, port: Number(port) }, () => {
  socket.end('Goodbye.\n', () => process.exit());
});
socket.on('error', () => {});
