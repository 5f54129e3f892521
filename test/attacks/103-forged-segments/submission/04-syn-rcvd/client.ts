// Bounded: 40 segments.
import { networkInterfaces } from 'node:os';
import { forge } from './forge.ts';

const [server = '', port] = process.argv.slice(2);
const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []).find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '';
const stranger = server.replace(/\d+$/, '77');
const SYN = 2;
const SYN_ACK = 18;
for (let n = 0; n < 10; n += 1) {
  const ports = { fromPort: Number(port), toPort: 40_000 };
  forge({ from: server, to: own, ...ports, flags: SYN_ACK, ack: 2 });
  forge({ from: server, to: server, ...ports, flags: SYN_ACK, ack: 2 });
  forge({ from: stranger, to: server, fromPort: 40_000, toPort: Number(port), flags: SYN });
  forge({ from: '127.0.0.1', to: server, fromPort: 40_000, toPort: Number(port), flags: SYN });
}
setTimeout(() => {}, 6_000);
