import { RawPeer } from '#lab/raw';

const [address = '', port, count] = process.argv.slice(2);

await using peer = await RawPeer.to(address, Number(port));
for (let n = 0; n < Number(count); n += 1) await peer.send('S', { seq: n });
