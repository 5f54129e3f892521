import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const socket = connect({ host, port: Number(port) }, () => socket.end(Buffer.alloc(1 << 20)));
socket.on('error', () => {});
