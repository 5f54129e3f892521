import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const socket = connect({ host, port: Number(port) });
socket.on('error', () => {});
socket.resume();

// TODO: make both ends close at once: each sends its FIN before the other's has arrived.
