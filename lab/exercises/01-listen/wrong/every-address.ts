import { createServer } from 'node:net';

const [, port, backlog] = process.argv.slice(2);

createServer().listen({ port: Number(port), backlog: Number(backlog) });
