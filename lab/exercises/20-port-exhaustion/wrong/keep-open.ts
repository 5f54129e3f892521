import { once } from 'node:events';
import { connect } from 'node:net';

const [host, port, count] = process.argv.slice(2);

// Whoever closes never, has no TIME_WAIT.
for (let n = 0; n < Number(count); n += 1) {
  const socket = connect({ host, port: Number(port) });
  socket.write('?');
  await once(socket, 'data');
}
