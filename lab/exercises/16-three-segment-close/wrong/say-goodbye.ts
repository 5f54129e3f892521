import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => {});
  socket.on('data', (data) => socket.write(data));
  socket.on('end', () => socket.end('goodbye\n'));
}).listen(Number(port), address);
