import { createServer } from 'node:net';

const [host, port, backlog] = process.argv.slice(2);

const server = createServer();

// TODO: put the server into LISTEN, at this address and port and with this backlog.
