import { connect } from 'node:net';

const [host, port, localPort] = process.argv.slice(2);

const socket = connect({ host, port: Number(port), localPort: Number(localPort) }, () => {
  socket.setTimeout(1_500, () => socket.resetAndDestroy());
});
socket.on('error', () => {});
socket.once('close', () => connect({ host, port: Number(port), localPort: Number(localPort) }).on('error', () => {}));
