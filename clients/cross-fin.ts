// Answers the server's FIN with a FIN that does not acknowledge it, as if both had closed at the same moment.
// For CLOSING on the server, until this program is told to stop and sends the ACK. Needs the gate `own-rst`.
import { once } from 'node:events';
import { RawPeer } from '#lab/raw';

const [address = '', port] = process.argv.slice(2);
const toldToStop = once(process, 'SIGTERM');

const peer = await RawPeer.to(address, Number(port));
await peer.open();
const fin = await peer.receive('F.');
await peer.send('F.', { ack: fin.seq });

await toldToStop;
await peer.send('.');
process.exit();
