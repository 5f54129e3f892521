// Closes last, by hand, and behaves as if the last ACK had been lost: after a retransmission timeout it sends its FIN again.
// For TIME_WAIT on the server, and its clock, which begins anew. Its host's gate `own-rst` must be closed.
import { RawPeer } from '#lab/raw';

const RETRANSMISSION_TIMEOUT_MS = 300;

const [address = '', port] = process.argv.slice(2);

const peer = await RawPeer.to(address, Number(port));
await peer.open();
await peer.receive('F.');
await peer.send('.');

const seq = peer.sendNext;
await peer.send('F.');
setTimeout(() => void peer.send('F.', { seq }), RETRANSMISSION_TIMEOUT_MS);
await peer.receive({ flags: '.', ack: peer.sendNext });
await peer.receive({ flags: '.', ack: peer.sendNext });
process.exit();
