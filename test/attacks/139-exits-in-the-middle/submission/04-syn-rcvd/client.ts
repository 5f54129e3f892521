import { RawPeer } from '#lab/raw';

const [address = '', port] = process.argv.slice(2);
const peer = await RawPeer.to(address, Number(port));
await peer.send('S');
process.exit(0);
