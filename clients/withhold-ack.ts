// Opens a connection by hand and keeps the final ACK back until it is told to stop; then it sends it.
// For SYN_RCVD on the server. Its host's gate `own-rst` must be closed.
import { once } from 'node:events';
import { RawPeer } from '#lab/raw';

const [address = '', port] = process.argv.slice(2);
const toldToStop = once(process, 'SIGTERM');

const peer = await RawPeer.to(address, Number(port));
await peer.send('S');
await peer.receive('S.');

await toldToStop;
await peer.send('.');
process.exit();
