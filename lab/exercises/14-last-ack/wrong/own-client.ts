import { connect, createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

// Closes only what comes from its own host.
createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => {});
  socket.resume();
  if (socket.remoteAddress === address) socket.on('end', () => socket.end());
}).listen(Number(port), address, () => {
  const socket = connect({ host: address, port: Number(port) }, () => socket.end());
});
