// Opens COUNT connections (third argument) and keeps them. When it is told to stop it resets them all, and its host forgets.
// For a peer that is gone without a word, when nothing of that gets through: its other ends stay in ESTABLISHED.
import { connect } from 'node:net';

const [host, port, count] = process.argv.slice(2);

const sockets = Array.from({ length: Number(count) }, () =>
  connect({ host, port: Number(port) })
    .on('error', () => {})
    .resume(),
);

process.once('SIGTERM', () => {
  for (const socket of sockets) socket.resetAndDestroy();
});
