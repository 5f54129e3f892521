import { once } from 'node:events';
import { connect } from 'node:net';

const [host, port, count, closes] = process.argv.slice(2);

// The kernel's range is for those who do not choose.
for (let n = 0; n < Number(count); n += 1) {
  const socket = connect({ host, port: Number(port), localPort: Number(port) - 10_000 + 2 * n });
  socket.write('?');
  await once(socket, 'data');
  if (closes === 'first') socket.end();
  await once(socket, 'close');
}
