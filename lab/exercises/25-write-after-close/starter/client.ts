import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const socket = connect({ host, port: Number(port) }).resume();

socket.once('end', () => {
  // TODO: the server has hung up. Write to it until a write fails; then connect again.
});
