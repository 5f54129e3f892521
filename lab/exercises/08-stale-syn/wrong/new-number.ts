import { RawPeer } from '#lab/raw';

const [address = '', port, localPort] = process.argv.slice(2);

await using peer = await RawPeer.to(address, Number(port), Number(localPort));
await peer.send('S');
