import { RawPeer } from '#lab/raw';

const [address = '', port, count] = process.argv.slice(2);

for (let n = 0; n < Number(count); n += 1) {
  await using peer = await RawPeer.to(address, Number(port), 2_000 + n);
  await peer.send('S');
  await peer.send('R');
}
