import { connect } from 'node:net';

const [host, port, localPort] = process.argv.slice(2);

const socket = connect({ host, port: Number(port), localPort: Number(localPort) }, () => {
  setInterval(() => socket.write('ping'), 500);
});
socket.on('error', (error) => console.error(error.message)).resume();
