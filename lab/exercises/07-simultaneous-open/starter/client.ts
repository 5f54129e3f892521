import { connect } from 'node:net';

const [host, port, localPort] = process.argv.slice(2);

// TODO: be there when the peer, which runs this same program, connects to LOCALPORT; and have nobody listen.
connect({ host, port: Number(port) })
  .on('error', ({ message }) => console.error(message, `(and what about port ${localPort}?)`))
  .resume();
