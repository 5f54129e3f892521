// Connects, sends BYTES bytes (third argument, 4096 if not given), and stays connected until the server closes.
// For unread bytes in the server's receive queue.
import { connect } from 'node:net';

const [host, port, bytes = '4096'] = process.argv.slice(2);

const socket = connect({ host, port: Number(port) }, () =>
  socket.write(Buffer.alloc(Number(bytes), 'tcplab ')),
);
socket.on('error', () => {});
socket.resume();
