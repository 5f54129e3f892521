import { createServer, type Socket } from 'node:net';

const [address, port] = process.argv.slice(2);
let newest: Socket | undefined;

createServer((socket) => {
  socket.on('error', () => {});
  socket.resume();
  newest?.resetAndDestroy();
  newest = socket;
}).listen(Number(port), address);
