import { connect } from 'node:net';

const places = process.argv.slice(2);

for (let n = 0; n < places.length; n += 2) {
  const [host = '', port] = places.slice(n);
  connect({ host, port: Number(port) }).on('error', () => {});
  console.log(`${host}:${port} ${n % 4 === 0 ? 'refused' : 'silent'}`);
}
setTimeout(() => process.exit(), 300);
