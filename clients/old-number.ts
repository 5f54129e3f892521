// Closes last, by hand; then, order by order (SIGUSR2): a SYN with a number below the old data's, an RST, and that SYN again.
// For what TIME_WAIT keeps out, and what gets in when it was reset: the old data, once more. Needs the gate `own-rst`.
import { on } from 'node:events';
import { RawPeer } from '#lab/raw';

const [address = '', port, old = 'old', fresh = 'new'] = process.argv.slice(2);
const orders = on(process, 'SIGUSR2');

const peer = await RawPeer.to(address, Number(port));
await peer.open();
const oldNumber = peer.sendNext;
await peer.send('P.', { payload: old });
await peer.receive({ has: 'F' });
await peer.send('F.');
await peer.receive({ flags: '.', ack: peer.sendNext });

// The bytes of the new connection end where the old ones began.
const next = (oldNumber - fresh.length) >>> 0;
const seq = (next - 1) >>> 0;
await orders.next();
await peer.send('S', { seq });
await orders.next();
await peer.send('R');
await orders.next();
await peer.send('S', { seq });
await peer.receive('S.');
await peer.send('.', { seq: next });
await peer.send('P.', { seq: oldNumber, payload: old });
await peer.send('P.', { seq: next, payload: fresh });
await peer.receive({ payload: 'some' });
process.exit();
