import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);
let connections = 0;

createServer({ pauseOnConnect: true }, (socket) => {
  socket.on('error', () => {});
  connections += 1;
  if (connections > 1) socket.destroy();
}).listen(Number(port), address);
