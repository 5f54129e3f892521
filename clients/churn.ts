// Opens a connection, closes it, and opens the next, as long as it has a port for one; then it tries again a second later.
// For TIME_WAIT in bulk: whoever closes first keeps the port for a minute.
import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

visit();

function visit(): void {
  const socket = connect({ host, port: Number(port) }, () => socket.end());
  socket.on('error', () => {}).resume();
  socket.once('close', (failed) => (failed ? setTimeout(visit, 1_000) : visit()));
}
