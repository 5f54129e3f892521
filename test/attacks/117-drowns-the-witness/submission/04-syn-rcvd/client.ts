// Bounded: 100 MB to its own server, 6 s.
import { createSocket } from 'node:dgram';
import { RawPeer } from '#lab/raw';

const [address = '', port] = process.argv.slice(2);
const peer = await RawPeer.to(address, Number(port));
await peer.send('S');
const socket = createSocket('udp4');
socket.on('error', () => {});
const bytes = Buffer.alloc(1_400);
const end = Date.now() + 2_000;
for (let n = 0; n < 70_000 && Date.now() < end; n += 50) {
  for (let k = 0; k < 50; k += 1) socket.send(bytes, 9, address);
  await new Promise(setImmediate);
}
setTimeout(() => process.exit(), 4_000);
