// Resets a connection by hand, order by order (SIGUSR2): with a number in the window, with the very next one; then it goes on.
// For who obeys an RST, and who answers one: ESTABLISHED, then CLOSED. Its host's gate `own-rst` must be closed.
import { on } from 'node:events';
import { RawPeer } from '#lab/raw';

const [address = '', port] = process.argv.slice(2);
const orders = on(process, 'SIGUSR2');

const peer = await RawPeer.to(address, Number(port));
await peer.open();

await orders.next();
await peer.send('R', { seq: (peer.sendNext + 100) >>> 0 });
await orders.next();
await peer.send('R');
await orders.next();
await peer.send('P.', { payload: 'Is anyone there?\n' });
await orders.next();
await peer.send('R');
process.exit();
