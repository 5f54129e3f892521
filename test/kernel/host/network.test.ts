import { expect, test } from 'vitest';
import { namespaceNetwork } from '../../../lab/host/namespaces/network.ts';
import { KernelSocket } from '../../../lab/sys/socket.ts';
import { PORT, pair } from '../support/pair.ts';
import { take } from '../support/transfer.ts';

test.each([4, 6] as const)('the hosts reach each other both ways over IPv%i', async (ip) => {
  await using lab = pair({ ipv6: true });
  const { client, server } = await lab.connected({ ip });
  client.send(Buffer.from('there'));
  expect(await take(server, 5)).toBe(5);
  server.send(Buffer.from('and back'));
  expect(await take(client, 8)).toBe(8);
  client.close();
  server.close();

  const back = lab.client.host.enter(() => KernelSocket.listening(lab.endpoint('client', PORT, ip)));
  lab.keep(back);
  lab.open('server', { family: ip }).connect(lab.endpoint('client', PORT, ip));
  await lab.client.waits.reaches('ESTABLISHED', { localPort: PORT });
});

test.each([
  { side: 'client', ip: 4 },
  { side: 'client', ip: 6 },
  { side: 'server', ip: 4 },
  { side: 'server', ip: 6 },
] as const)(
  'not even the first segment of a $side is lost over IPv$ip: it is refused at once',
  async ({ side, ip }) => {
    for (let n = 0; n < 25; n++) {
      await using lab = pair({ ipv6: true });
      const other = side === 'client' ? 'server' : 'client';
      lab.open(side, { family: ip }).connect(lab.endpoint(other, PORT, ip));
      await lab[side].waits.saw({ flags: 'R.' }, { deadlineMs: 500 });
    }
  },
);

test('the addresses are from the ranges for benchmarks and for documentation', async () => {
  await using lab = pair({ ipv6: true });
  expect([lab.client.host.address, lab.server.host.address]).toEqual(['198.18.0.1', '198.18.0.2']);
  expect([lab.client.host.address6, lab.server.host.address6]).toEqual(['2001:db8::1', '2001:db8::2']);
});

test('without IPv6 a host has no IPv6 address on the link', async () => {
  await using lab = pair();
  expect(lab.client.host.address6).toBeUndefined();
  const { stdout } = await lab.client.host.exec('ip', ['-6', '-o', 'addr', 'show', 'dev', 'eth0']);
  expect(stdout).toBe('');
});

test.each([false, true])(
  'the hosts know each other for good: no ARP and no discovery (IPv6 %s)',
  async (ipv6) => {
    await using lab = pair({ ipv6 });
    await lab.connected();
    if (ipv6) await lab.connected({ ip: 6, listener: lab.listen({ port: 81, ip: 6 }) });
    for (const { host } of [lab.client, lab.server]) {
      const { stdout } = await host.exec('ip', ['-o', 'neigh', 'show']);
      const lines = stdout.trim().split('\n');
      expect(lines).toHaveLength(ipv6 ? 2 : 1);
      for (const line of lines) expect(line.trim()).toMatch(/ PERMANENT$/);
    }
  },
);

test.each([false, true])('the link carries TCP only: every frame was a segment (IPv6 %s)', async (ipv6) => {
  await using lab = pair({ ipv6 });
  const { client, server } = await lab.connected({ ip: ipv6 ? 6 : 4 });
  client.close();
  server.close();
  await lab.client.waits.reaches('TIME_WAIT');
  await lab.observation.look();
  const { events } = lab.observation.recorder;
  for (const { host } of [lab.client, lab.server]) {
    const { stdout } = await host.exec('cat', ['/sys/class/net/eth0/statistics/rx_packets', '/proc/net/dev']);
    const frames = Number(/eth0:\s*\d+\s+(\d+)/.exec(stdout)?.[1]);
    const segments = events.filter((event) => event.kind === 'segment' && event.to === host.name);
    expect(frames).toBe(segments.length);
  }
});

test('one host alone can talk to itself at its address', async () => {
  await using network = namespaceNetwork({ hosts: ['alone'] });
  const host = network.host('alone');
  const endpoint = { address: host.address, port: PORT };
  using listener = host.enter(() => KernelSocket.listening(endpoint));
  using socket = host.enter(() => KernelSocket.open());
  socket.connect(endpoint);
  using accepted = listener.accept();
  expect(accepted?.tcpInfo().state).toBe('ESTABLISHED');
});

test('a network has one to eight hosts', () => {
  const hosts = Array.from({ length: 9 }, (_, n) => `host${n}`);
  expect(() => namespaceNetwork({ hosts: [] })).toThrow('a network has one to 8 hosts, not 0');
  expect(() => namespaceNetwork({ hosts })).toThrow('a network has one to 8 hosts, not 9');
});

test('two hosts have two names', () => {
  expect(() => namespaceNetwork({ hosts: ['a', 'a'] })).toThrow('two hosts cannot both be called "a"');
});

test('a host that is not there: the error names those that are', async () => {
  await using network = namespaceNetwork({ hosts: ['client', 'server'] });
  expect(() => network.host('sever')).toThrow('no host "sever"; the hosts are: client, server');
});

test('closing twice, even at the same time, is closing once', async () => {
  const network = namespaceNetwork({ hosts: ['client', 'server'] });
  await Promise.all([network.close(), network.close()]);
  await network.close();
});

test('a tool that is not installed is an error that says so', async () => {
  await using lab = pair();
  await expect(lab.client.host.exec('no-such-tool', [])).rejects.toThrow(
    'could not start "no-such-tool". Is it installed? ./tcplab doctor says what is missing',
  );
});

test('a tool that fails has an exit code and its words', async () => {
  await using lab = pair();
  const { exitCode, stderr } = await lab.client.host.exec('ip', ['link', 'show', 'nothing']);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('"nothing" does not exist');
});
