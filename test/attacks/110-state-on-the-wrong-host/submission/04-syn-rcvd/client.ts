// Bounded: 6 s.
import { createServer } from 'node:net';
import { RawPeer } from '#lab/raw';

const [, port] = process.argv.slice(2);
setTimeout(() => process.exit(), 6_000);
createServer().listen(Number(port), '127.0.0.1', async () => {
  const peer = RawPeer.between({ address: '127.0.0.2', port: 40_000 }, { address: '127.0.0.1', port: Number(port) });
  await peer.send('S');
});
