// What the programs do of the exercise is right: only the grader could be hurt.
import './deafen.ts';
// Connects and closes at once: the client is the active closer.
// For FIN_WAIT_1 while its FIN is not acknowledged; CLOSE_WAIT and LAST_ACK on the server.
import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

const socket = connect({ host, port: Number(port) }, () => socket.end());
socket.on('error', () => {});
socket.resume();
