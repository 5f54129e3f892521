// Takes a SYN by hand and keeps the SYN-ACK back until it is told to stop; then it sends it.
// For SYN_SENT on the client. Its host's gate `own-rst` must be closed.
import { once } from 'node:events';
import { RawPeer } from '#lab/raw';

const [address = '', port] = process.argv.slice(2);
const toldToStop = once(process, 'SIGTERM');

const peer = RawPeer.at(address, Number(port));
await peer.receive('S');

await toldToStop;
await peer.send('S.');
process.exit();
