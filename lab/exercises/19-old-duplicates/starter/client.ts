import { RawPeer } from '#lab/raw';

const [address = '', port, old = 'old', fresh = 'new'] = process.argv.slice(2);

const peer = await RawPeer.to(address, Number(port));
await peer.open();
await peer.send('P.', { payload: old });
await peer.receive({ has: 'F' });
await peer.send('F.');

// TODO: the server is in TIME_WAIT. A moment later, let an RST and the old data arrive once more. Then open a new connection
//       from the same port, let the old data arrive there, too, and only then send `fresh`.
setInterval(() => {}, 60_000);
