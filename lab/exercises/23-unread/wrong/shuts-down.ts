import { createServer, type Socket } from 'node:net';

const [address, port] = process.argv.slice(2);
let newest: Socket | undefined;

createServer({ pauseOnConnect: true }, (socket) => {
  socket.on('error', () => {});
  newest?.end();
  newest = socket;
}).listen(Number(port), address);
