import { RawPeer } from '#lab/raw';

const [address = '', port] = process.argv.slice(2);

const peer = await RawPeer.to(address, Number(port));
await peer.open();
await peer.receive('F.');
await peer.send('F.');
setTimeout(() => void peer.send('F.'), 300);
