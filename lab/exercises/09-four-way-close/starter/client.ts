import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const socket = connect({ host, port: Number(port) });
socket.on('error', () => {});
socket.resume();

// TODO: be the one that closes first, as soon as you are connected.
