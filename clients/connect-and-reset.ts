// Connects from a port it is told (third argument), and resets the connection as soon as it is there.
// For a connection that has come to its end and has left nothing behind on either host, not even TIME_WAIT.
import { connect } from 'node:net';

const [host, port, localPort] = process.argv.slice(2);

const socket = connect({ host, port: Number(port), localPort: Number(localPort) }, () =>
  socket.resetAndDestroy(),
);
