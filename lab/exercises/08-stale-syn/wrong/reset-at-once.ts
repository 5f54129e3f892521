import { RawPeer } from '#lab/raw';

const [address = '', port, localPort, number] = process.argv.slice(2);

await using peer = await RawPeer.to(address, Number(port), Number(localPort));
const seq = Number(number);
await peer.send('S', { seq });
await peer.send('R', { seq: (seq + 1) >>> 0 });
