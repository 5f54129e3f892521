// Connects, sends more than the server reads, and aborts: SO_LINGER with zero seconds.
// For a reset from ESTABLISHED: RST instead of FIN, unsent bytes thrown away, and no TIME_WAIT anywhere.
import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const socket = connect({ host, port: Number(port) }, () => {
  socket.write(Buffer.alloc(1 << 20));
  socket.resetAndDestroy();
});
socket.on('error', () => {});
