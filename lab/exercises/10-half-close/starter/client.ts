import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const socket = connect({ host, port: Number(port) });
socket.on('error', () => {});

// TODO: tell the server that you will send nothing more, and read what it answers then, to the end.
