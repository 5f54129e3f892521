// Bounded: one attempt for each, 2 s.
import { createSocket } from 'node:dgram';
import { lookup, Resolver } from 'node:dns/promises';
import { connect } from 'node:net';

async function reach(host: string, port: number): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const socket = connect({ host, port });
  socket.setTimeout(2_000, () => resolve('ETIMEDOUT'));
  socket.on('connect', () => resolve('connected'));
  socket.on('error', (error) => resolve((error as { code?: string }).code ?? 'error'));
  const answer = await promise;
  socket.destroy();
  return answer;
}
const datagrams = createSocket('udp4');
const datagram = Promise.withResolvers<string>();
datagrams.send('?', 53, '8.8.8.8', (error) => datagram.resolve((error as { code?: string } | null)?.code ?? 'sent'));
// Where engines answer for names, whatever /etc/resolv.conf says.
const engine = new Resolver({ timeout: 1_000, tries: 1 });
engine.setServers(['127.0.0.11']);
const resolved = engine.resolve4('example.com').then(() => 'found', () => 'failed');
console.log(
  JSON.stringify({
    internet: await reach('1.1.1.1', 80),
    internet6: await reach('2606:4700:4700::1111', 80),
    name: await lookup('example.com').then(() => 'found', (error: { code?: string }) => error.code),
    resolved: await resolved,
    datagram: await datagram.promise,
    metadata: await reach('169.254.169.254', 80),
    bridge: await reach('172.17.0.1', 22),
    loopback: await reach('127.0.0.1', 6_379),
    fetch: await fetch('http://1.1.1.1/').then(() => 'fetched', () => 'failed'),
  }),
);
datagrams.close();
