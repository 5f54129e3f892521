import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => {});
  socket.on('end', () => console.log('the client has closed the connection'));
  socket.resume();
}).listen(Number(port), address);
