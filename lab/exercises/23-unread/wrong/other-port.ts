import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

createServer({ pauseOnConnect: true }, (socket) => {
  setTimeout(() => socket.destroy(), 200);
}).listen(Number(port) + 1, address);
