// Opens two connections and ends both: one by shutdown, which keeps the socket, and one by close, which gives it away.
// For FIN_WAIT_2 with an owner, which stays, and as an orphan, which the kernel forgets after `tcp_fin_timeout`.
import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const kept = connect({ host, port: Number(port), allowHalfOpen: true }, () => kept.end());
const given = connect({ host, port: Number(port) }, () => given.destroy());

for (const socket of [kept, given]) {
  socket.on('error', () => {});
  socket.resume();
}
