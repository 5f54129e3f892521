import { connect } from 'node:net';

const [host, port] = process.argv.slice(2);

connect({ host, port: Number(port) }).on('error', (error: NodeJS.ErrnoException) => {
  console.log(`${host}:${port} ${error.code === 'ECONNREFUSED' ? 'refused' : 'silent'}`);
});
