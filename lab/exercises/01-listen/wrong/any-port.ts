import { createServer } from 'node:net';

const [host, , backlog] = process.argv.slice(2);

createServer().listen({ host, port: 0, backlog: Number(backlog) });
