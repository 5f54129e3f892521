// Bounded: 12 requests in 6 s.
import { setTimeout as pause } from 'node:timers/promises';
import { RawPeer } from '#lab/raw';

const [address = '', port] = process.argv.slice(2);
for (let n = 0; n < 12; n += 1) {
  const peer = await RawPeer.to(address, Number(port));
  await peer.send('S');
  await peer.receive('S.');
  await pause(500);
  await peer.send('R');
  peer.close();
}
