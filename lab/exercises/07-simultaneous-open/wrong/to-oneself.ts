import { connect } from 'node:net';

const [, port] = process.argv.slice(2);

// The same port at both ends of the same host: a simultaneous open with oneself.
connect({ host: '127.0.0.1', port: Number(port), localPort: Number(port) }).resume();
