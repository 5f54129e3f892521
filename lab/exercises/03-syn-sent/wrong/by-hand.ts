import { RawPeer } from '#lab/raw';

const [address = '', port] = process.argv.slice(2);

const peer = await RawPeer.to(address, Number(port));
const seq = peer.sendNext;
await peer.send('S', { seq });
const again = setInterval(() => void peer.send('S', { seq }), 1_000);
setTimeout(() => {
  clearInterval(again);
  console.log('ETIMEDOUT');
  process.exit(1);
}, 7_000);
try {
  await peer.receive('S.');
} catch {
  console.log('ECONNREFUSED');
  process.exit(1);
}
