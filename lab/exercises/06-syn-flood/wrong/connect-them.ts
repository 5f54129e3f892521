import { connect } from 'node:net';

const [host, port, count] = process.argv.slice(2);

for (let n = 0; n < Number(count); n += 1) {
  connect({ host, port: Number(port) })
    .on('error', () => {})
    .resume();
}
