import { once } from 'node:events';
import { connect } from 'node:net';

const [host, port, count, closes] = process.argv.slice(2);

// TODO: do this `count` times, one after another, and let the end that `closes` names, `first` or `last`, be this client's place:
//       `first`: this client closes first. `last`: it closes when the server has closed.
const socket = connect({ host, port: Number(port) });
socket.write('?');
await once(socket, 'data');
