// Uses the same two ports twice, by hand; in between and after come late segments of the first time: an RST, and old data.
// For what TIME_WAIT protects: neither ends it, nor reaches the new connection. Needs the gate `own-rst`.
import { RawPeer } from '#lab/raw';

/** For so long the network has held the late ones back. */
const LATE_MS = 300;

const [address = '', port, old = 'old', fresh = 'new'] = process.argv.slice(2);

const peer = await RawPeer.to(address, Number(port));
await peer.open();
const oldNumber = peer.sendNext;
await peer.send('P.', { payload: old });
await peer.receive({ has: 'F' });
await peer.send('F.');
await peer.receive({ flags: '.', ack: peer.sendNext });

setTimeout(() => void arriveLate(), LATE_MS);

async function arriveLate(): Promise<void> {
  await peer.send('R');
  await peer.send('P.', { seq: oldNumber, payload: old });
  await peer.receive({ flags: '.', ack: peer.sendNext });
  await openAgain();
  process.exit();
}

async function openAgain(): Promise<void> {
  // Well above every number that the old connection has used.
  const first = (peer.sendNext + 100_000) >>> 0;
  const next = (first + 1) >>> 0;
  await peer.send('S', { seq: first });
  await peer.receive('S.');
  await peer.send('.', { seq: next });
  await peer.send('P.', { seq: oldNumber, payload: old });
  await peer.receive({ flags: '.', ack: next });
  await peer.send('P.', { seq: next, payload: fresh });
  await peer.receive({ payload: 'some' });
}
