import { createServer } from 'node:net';

const [address, port] = process.argv.slice(2);

// TODO: let the queue of connections that wait for accept() overflow: room for a backlog of 1, and nobody who accepts.
createServer().listen(Number(port), address);
