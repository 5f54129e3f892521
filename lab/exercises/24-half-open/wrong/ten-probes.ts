import { connect } from 'node:net';

const [host, port, localPort] = process.argv.slice(2);

const socket = connect({ host, port: Number(port), localPort: Number(localPort) }, () => {
  socket.setKeepAlive(true, 1_000);
});
socket.on('error', (error) => console.error(error.message)).resume();
