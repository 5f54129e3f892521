import { createServer } from 'node:net';

const [, port, backlog] = process.argv.slice(2);

createServer().listen({ host: '127.0.0.1', port: Number(port), backlog: Number(backlog) });
