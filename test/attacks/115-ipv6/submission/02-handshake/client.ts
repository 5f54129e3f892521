// Bounded: three connections, 6 s.
import { connect } from 'node:net';

const [, port] = process.argv.slice(2);
setTimeout(() => process.exit(), 6_000);
for (const host of ['::1', 'ff02::1', '2001:db8::2'])
  connect({ host, port: Number(port) }).on('error', () => {});
