import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const kept = connect({ host, port: Number(port), allowHalfOpen: true }, () => kept.end());
const given = connect({ host, port: Number(port) }, () => given.destroy());

setTimeout(() => process.exit(), 300);
