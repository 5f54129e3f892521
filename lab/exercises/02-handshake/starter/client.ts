import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

// TODO: open a connection to the server, and stay connected.
