import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => {});
  socket.on('data', (data) => socket.write(data));

  // TODO: make the client go from FIN_WAIT_1 straight to TIME_WAIT.
}).listen(Number(port), address);
