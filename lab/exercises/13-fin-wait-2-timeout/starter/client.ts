import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const one = connect({ host, port: Number(port), allowHalfOpen: true });
const other = connect({ host, port: Number(port), allowHalfOpen: true });

for (const socket of [one, other]) {
  socket.on('error', () => {});
  socket.resume();
}

// TODO: bring both into FIN_WAIT_2: one that keeps its owner and stays, and one that has none and is forgotten.
