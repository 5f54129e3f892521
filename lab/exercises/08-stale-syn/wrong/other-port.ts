import { RawPeer } from '#lab/raw';

const [address = '', port, , number] = process.argv.slice(2);

await using peer = await RawPeer.to(address, Number(port));
await peer.send('S', { seq: Number(number) });
