// Bounded: 12 s.
import { setTimeout as pause } from 'node:timers/promises';
import { RawPeer } from '#lab/raw';

setTimeout(() => process.exit(), 12_000).unref();
await pause(Math.random() * 4_000);
const [address = '', port] = process.argv.slice(2);
const peer = await RawPeer.to(address, Number(port));
await peer.send('S');
await peer.receive('S.');
await pause(8_000);
