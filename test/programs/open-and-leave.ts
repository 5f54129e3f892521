// Opens COUNT connections, PER_SECOND of them each second (third and fourth argument), and closes each as soon as it is open.
// For a server that never closes its side: its CLOSE_WAIT grows while one looks.
import { connect } from 'node:net';

const [host, port, count, perSecond] = process.argv.slice(2);

let left = Number(count);
const timer = setInterval(() => {
  left -= 1;
  if (left <= 0) clearInterval(timer);
  const socket = connect({ host, port: Number(port), allowHalfOpen: true }, () => socket.end());
  socket.on('error', () => {}).resume();
}, 1_000 / Number(perSecond));
