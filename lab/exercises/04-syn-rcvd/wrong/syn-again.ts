import { RawPeer } from '#lab/raw';

const [address = '', port] = process.argv.slice(2);

const peer = await RawPeer.to(address, Number(port));
const seq = peer.sendNext;
await peer.send('S', { seq });
setInterval(() => void peer.send('S', { seq }), 600);
