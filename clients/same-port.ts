// Connects from a port of its own choice, the server's port plus one, and closes when the server has closed.
// For TIME_WAIT on the server; started again, it opens a new connection over the old one's TIME_WAIT.
import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

connect({ host, port: Number(port), localPort: Number(port) + 1 })
  .on('error', (error) => {
    console.error(error.message);
    process.exitCode = 1;
  })
  .resume();
