import { RawPeer } from '#lab/raw';

const [address = '', port] = process.argv.slice(2);
const peer = await RawPeer.to(address, Number(port));
await peer.send('S');
await peer.receive('S.');
setTimeout(() => {
  throw new Error('after it was all over');
}, 3_300);
