// Opens COUNT connections (third argument), one after another, asks each server once, and closes each before the next.
// Who closes first is the fourth argument: `first`, this client, or `last`. For a client that runs out of ports.
import { once } from 'node:events';
import { connect } from 'node:net';

const [host, port, count, closes] = process.argv.slice(2);

for (let n = 0; n < Number(count); n += 1) {
  const socket = connect({ host, port: Number(port) });
  socket.write('?');
  await once(socket, 'data');
  if (closes === 'first') socket.end();
  await once(socket, 'close');
}
