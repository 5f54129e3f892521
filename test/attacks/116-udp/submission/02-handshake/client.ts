// Bounded: 100 datagrams, 6 s.
import { createSocket } from 'node:dgram';

const [address = '', port] = process.argv.slice(2);
setTimeout(() => process.exit(), 6_000);
const socket = createSocket('udp4');
socket.on('error', () => {});
socket.connect(Number(port), address, () => {
  for (let n = 0; n < 100; n += 1) socket.send('SYN');
  console.log('connected');
});
