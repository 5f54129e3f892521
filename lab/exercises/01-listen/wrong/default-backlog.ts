import { createServer } from 'node:net';

const [host, port] = process.argv.slice(2);

createServer().listen({ host, port: Number(port) });
