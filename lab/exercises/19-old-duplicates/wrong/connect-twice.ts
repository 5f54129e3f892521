import { connect } from 'node:net';

const [host, port, old = '', fresh = ''] = process.argv.slice(2);

// Ordinary sockets: the kernel below sends no old segments.
const first = connect({ host, port: Number(port) }, () => {
  const { localPort = 0 } = first;
  first.write(old);
  first.resume();
  first.on('close', () => {
    connect({ host, port: Number(port), localPort }).on('error', () => {}).end(fresh);
  });
});
