import { RawPeer } from '#lab/raw';

const [address = '', port] = process.argv.slice(2);

const peer = await RawPeer.to(address, Number(port));
await peer.open();
await peer.receive('F.');
const seq = peer.sendNext;
await peer.send('F.');
await peer.receive({ flags: '.', ack: peer.sendNext });
await peer.send('F.', { seq });
