// Asks three times, each on a connection of its own, and closes its sending side a moment after it has the answer.
// For FIN_WAIT_1 after an exchange of data; the next connection follows when the server has closed the one before.
import { once } from 'node:events';
import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

for (const request of ['one', 'two', 'three']) {
  const socket = connect({ host, port: Number(port), allowHalfOpen: true });
  socket.on('error', () => {});
  socket.write(`${request}\n`);
  socket.once('data', () => setTimeout(() => socket.end(), 50));
  await once(socket, 'close');
}
