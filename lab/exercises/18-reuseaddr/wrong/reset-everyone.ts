import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

createServer((socket) => socket.on('error', () => {}).resetAndDestroy()).listen(Number(port), address);
