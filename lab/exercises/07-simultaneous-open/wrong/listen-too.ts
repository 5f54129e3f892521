import { connect, createServer } from 'node:net';

const [host, port, localPort] = process.argv.slice(2);

connect({ host, port: Number(port), localPort: Number(localPort) })
  .on('error', () => {})
  .resume();
createServer().listen(Number(localPort) + 1);
