import { once } from 'node:events';
import { connect } from 'node:net';

const [host, port, count] = process.argv.slice(2);

for (let n = 0; n < Number(count); n += 1) {
  const socket = connect({ host, port: Number(port) });
  await once(socket, 'connect');
  socket.end();
  socket.resume();
  await once(socket, 'close');
}
