// Bounded: 20,000 segments.
import { RawPeer } from '#lab/raw';

const [address = '', port] = process.argv.slice(2);
const peer = await RawPeer.to(address, Number(port));
for (let n = 0; n < 20_000; n += 1) {
  const from = RawPeer.between({ ...peer.local, port: 10_000 + (n % 50_000) }, { address, port: Number(port) });
  await from.send('S');
  from.close();
}
setTimeout(() => process.exit(), 3_000);
