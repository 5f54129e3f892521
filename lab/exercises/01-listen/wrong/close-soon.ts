import { createServer } from 'node:net';

const [host, port, backlog] = process.argv.slice(2);

const server = createServer().listen({ host, port: Number(port), backlog: Number(backlog) });
server.once('connection', () => server.close());
