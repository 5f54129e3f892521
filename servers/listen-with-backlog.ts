// Listens with the backlog that it is given as third argument, and does nothing else.
// For LISTEN: `ss -l` shows the backlog as Send-Q.
import { createServer } from 'node:net';

const [host, port, backlog] = process.argv.slice(2);

createServer().listen({ host, port: Number(port), backlog: Number(backlog) });
