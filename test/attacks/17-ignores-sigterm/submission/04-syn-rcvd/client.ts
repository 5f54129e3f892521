// Bounded: 15 s.
import { RawPeer } from '#lab/raw';

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR2', 'SIGXCPU'] as const) process.on(signal, () => {});
const [address = '', port] = process.argv.slice(2);
const peer = await RawPeer.to(address, Number(port));
await peer.send('S');
await peer.receive('S.');
setTimeout(() => process.exit(), 15_000);
