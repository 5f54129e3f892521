import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

let bytes = 0;
const socket = connect({ host, port: Number(port) }, () => socket.end());
socket.on('data', (chunk) => {
  bytes += chunk.length;
  if (bytes === 65_536) process.exit();
});
