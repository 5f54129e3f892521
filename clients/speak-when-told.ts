// Opens COUNT connections (third argument, 1 if not given), and says a word on each whenever it is told to (SIGUSR2).
// For ACKs that come late: the word brings along the ACK that completes the handshake.
import { connect } from 'node:net';

const [host, port, count = '1'] = process.argv.slice(2);

const sockets = Array.from({ length: Number(count) }, () =>
  connect({ host, port: Number(port), noDelay: true }),
);

process.on('SIGUSR2', () => {
  for (const socket of sockets) socket.write('hello\n');
});

for (const socket of sockets) socket.on('error', ({ message }) => console.error(message)).resume();
