import { once } from 'node:events';
import { connect } from 'node:net';

const [host, port, , closes] = process.argv.slice(2);

// There are 16 ports, so there can be 16 connections, and the program stops before anything fails.
for (let n = 0; n < 16; n += 1) {
  const socket = connect({ host, port: Number(port) });
  socket.write('?');
  await once(socket, 'data');
  if (closes === 'first') socket.end();
  await once(socket, 'close');
}
