// Bounded: 14 s.
import { setTimeout as pause } from 'node:timers/promises';
import { RawPeer } from '#lab/raw';

await pause(9_000);
const [address = '', port] = process.argv.slice(2);
const peer = await RawPeer.to(address, Number(port));
await peer.send('S');
await pause(5_000);
