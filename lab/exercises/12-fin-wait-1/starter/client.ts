import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const socket = connect({ host, port: Number(port) }, () => {
  // TODO: send a line, close, and let the program end: what the kernel has taken, it delivers without you.
});
socket.on('error', () => {});
