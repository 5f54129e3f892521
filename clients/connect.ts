// Connects and stays connected until it is told to stop.
// For ESTABLISHED; SYN_SENT while nobody answers; CLOSED when the server's host answers with a reset.
import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

connect({ host, port: Number(port) })
  .on('error', (error) => {
    console.error(error.message);
    process.exitCode = 1;
  })
  .resume();
