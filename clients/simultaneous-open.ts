// Connects from a port it is told (third argument) to a peer that at the same time connects to that port. Nobody listens.
// For SYN_RCVD after SYN_SENT, at both ends: a simultaneous open.
import { connect } from 'node:net';

const [host, port, localPort] = process.argv.slice(2);

connect({ host, port: Number(port), localPort: Number(localPort) })
  .on('error', (error) => {
    console.error(error.message);
    process.exitCode = 1;
  })
  .resume();
