import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

// TODO: connect and stay connected, without reading what comes. You will be killed; see what your kernel does then.
connect({ host, port: Number(port) }).on('error', () => {});
