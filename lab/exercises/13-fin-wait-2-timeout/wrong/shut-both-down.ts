import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const one = connect({ host, port: Number(port), allowHalfOpen: true }, () => one.end());
const other = connect({ host, port: Number(port) }, () => other.end());
