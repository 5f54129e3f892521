import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => {});
  socket.on('data', (question) => socket.write(question));
  socket.on('close', () => socket.end());
}).listen(Number(port), address);
