// Connects, says hello to the server and to its user, and closes.
// For output in the timeline: a line on each stream, escape sequences, and a last line without an end.
import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const socket = connect({ host, port: Number(port) }, () => {
  console.log('connected \x1b[31mred\x1b[0m');
  console.error('on stderr');
  process.stdout.write('no line end');
  socket.end('hello');
});
socket.on('error', () => {});
socket.resume();
