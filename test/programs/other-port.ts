// Listens on a port of its own choice instead of the one it was given.
// For the sentence that names both ports.
import { createServer } from 'node:net';

const [address] = process.argv.slice(2);

createServer().listen(9000, address);
