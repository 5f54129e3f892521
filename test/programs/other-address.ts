// Listens on the right port, but only for its own host.
// For the sentence that names both addresses.
import { createServer } from 'node:net';

const [, port] = process.argv.slice(2);

createServer().listen(Number(port), '127.0.0.1');
