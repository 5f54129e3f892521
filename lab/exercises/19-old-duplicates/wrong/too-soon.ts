import { RawPeer } from '#lab/raw';

const [address = '', port, old = '', fresh = ''] = process.argv.slice(2);

const peer = await RawPeer.to(address, Number(port));
await peer.open();
const oldNumber = peer.sendNext;
await peer.send('P.', { payload: old });
await peer.receive({ has: 'F' });
await peer.send('F.');
await peer.receive({ flags: '.', ack: peer.sendNext });
// A duplicate is the same segment twice: at once is as good as later.
await peer.send('P.', { seq: oldNumber, payload: old });
await peer.send('R');

setTimeout(async () => {
  const first = (peer.sendNext + 100_000) >>> 0;
  const next = (first + 1) >>> 0;
  await peer.send('S', { seq: first });
  await peer.receive('S.');
  await peer.send('.', { seq: next });
  await peer.send('P.', { seq: next, payload: fresh });
}, 200);
