// Bounded: 12 s.
import { closeSync } from 'node:fs';
import { RawPeer } from '#lab/raw';

const [address = '', port] = process.argv.slice(2);
const peer = await RawPeer.to(address, Number(port));
await peer.send('S');
await peer.receive('S.');
for (const fd of [0, 1, 2]) closeSync(fd);
setTimeout(() => process.exit(), 12_000);
