import { connect, createServer } from 'node:net';

const [host, port, localPort] = process.argv.slice(2);

if (Number(localPort) > Number(port)) createServer().listen(Number(localPort));
else connect({ host, port: Number(port), localPort: Number(localPort) }).resume();
