import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

// An ordinary client: the server closes, and then its own kernel does.
connect({ host, port: Number(port) }).resume();
