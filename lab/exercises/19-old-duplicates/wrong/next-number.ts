import { RawPeer } from '#lab/raw';

const [address = '', port, old = '', fresh = ''] = process.argv.slice(2);

const peer = await RawPeer.to(address, Number(port));
await peer.open();
const oldNumber = peer.sendNext;
await peer.send('P.', { payload: old });
await peer.receive({ has: 'F' });
await peer.send('F.');
await peer.receive({ flags: '.', ack: peer.sendNext });

setTimeout(async () => {
  await peer.send('R');
  await peer.send('P.', { seq: oldNumber, payload: old });
  await peer.receive({ flags: '.', ack: peer.sendNext });
  await peer.send('S');
  await peer.receive('S.');
  await peer.send('.');
  await peer.send('P.', { seq: oldNumber, payload: old });
  await peer.send('P.', { payload: fresh });
}, 200);
