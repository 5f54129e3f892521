import { RawPeer } from '#lab/raw';

const [address, port]: [number, boolean] = process.argv.slice(2);
const peer: string = await RawPeer.to(address, Number(port));
await peer.send('S');
const answer: Date = await peer.receive('S.');
setInterval(() => answer, 1_000);
