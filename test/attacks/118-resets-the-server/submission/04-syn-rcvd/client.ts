// Bounded: 2,000 segments.
import { networkInterfaces } from 'node:os';
import { forge } from './forge.ts';

const [server = '', port] = process.argv.slice(2);
const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []).find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '';
for (let n = 0; n < 2_000; n += 1)
  forge({ from: own, to: server, fromPort: 10_000 + n, toPort: Number(port), flags: n % 2 === 0 ? 4 : 16, seq: n * 65_536, ack: n });
setTimeout(() => {}, 6_000);
