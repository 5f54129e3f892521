import { RawPeer } from '#lab/raw';

const [address = '', port, localPort, number] = process.argv.slice(2);

await using peer = await RawPeer.to(address, Number(port), Number(localPort));
await peer.send('S', { seq: Number(number) });
const { ack } = await peer.receive('S.');
await peer.send('R', { seq: ack });
