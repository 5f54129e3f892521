import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const socket = connect({ host, port: Number(port) }, () => {
  socket.write(Buffer.alloc(1 << 20));

  // TODO: make the kernel send an RST now, and throw away what it has not sent.
});
socket.on('error', () => {});
