import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

// TODO: try to connect, wait until the kernel says what came of it, and print the code of the error.
