// Keeps only its newest connection: closes the one before it, and has read nothing of what came there.
// For RST from an ordinary close(): bytes that arrived were never read, and the kernel tells the sender so.
import { createServer, type Socket } from 'node:net';

const [address, port] = process.argv.slice(2);
let newest: Socket | undefined;

createServer({ pauseOnConnect: true }, (socket) => {
  socket.on('error', () => {});
  newest?.destroy();
  newest = socket;
}).listen(Number(port), address);
