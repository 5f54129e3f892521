import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

connect({ host, port: Number(port) }).on('error', () => {});
