// Writes to a server that has hung up, again and again until a write fails; then it connects anew.
// For CLOSE_WAIT, and an RST that only the next write reports, as EPIPE.
import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const socket = connect({ host, port: Number(port), allowHalfOpen: true }).resume();

socket.once('end', () => {
  const timer = setInterval(() => socket.write('are you there?'), 20);
  socket.once('error', (error) => {
    clearInterval(timer);
    console.error(error.message);
    connect({ host, port: Number(port) })
      .on('error', console.error)
      .resume();
  });
});
