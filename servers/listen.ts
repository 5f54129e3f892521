// Listens and does nothing else.
// For LISTEN: the server waits for a SYN from anyone.
import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

createServer().listen(Number(port), address);
