// Opens COUNT connections (third argument), sends BYTES bytes (fourth argument) on each, closes it, and waits for the server.
// For FIN_WAIT_1 with a full Send-Q: the FIN stands in line behind bytes that the server does not take.
import { connect } from 'node:net';

const [host, port, count, bytes] = process.argv.slice(2);

for (let n = 0; n < Number(count); n += 1) {
  const socket = connect({ host, port: Number(port) }, () =>
    socket.end(Buffer.alloc(Number(bytes), 'tcplab ')),
  );
  socket.on('error', () => {}).resume();
}
