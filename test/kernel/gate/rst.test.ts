import { describe, expect, test } from 'vitest';
import { pair } from '../support/pair.ts';
import { bareRawClient, rawClient } from '../support/raw.ts';
import { arrived } from '../support/segments.ts';
import { take } from '../support/transfer.ts';
import { until } from '../support/until.ts';

describe('rst', () => {
  test.each([4, 6] as const)('a refusal over IPv%i is dropped: the client stays in SYN_SENT', async (ip) => {
    await using lab = pair({ ipv6: true });
    const gate = await lab.client.gates.drop('rst');
    lab.connect({ ip });
    await lab.client.waits.saw({ flags: 'R.' });
    await lab.client.waits.holds('SYN_SENT', 60);
    expect((await gate.dropped()).segments).toBe(1);
  });

  test('a bare RST is dropped too, and a FIN and data pass', async () => {
    await using lab = pair();
    const listener = lab.listen();
    const gate = await lab.server.gates.drop('rst');
    const one = await lab.connected({ listener });
    const remotePort = one.client.localEndpoint().port;
    one.client.linger(0);
    one.client.close();
    await lab.server.waits.saw({ has: 'R' });
    await lab.server.waits.holds('ESTABLISHED', 60, { remotePort });
    expect((await gate.dropped()).segments).toBe(1);

    const two = await lab.connected({ listener });
    two.client.send(Buffer.from('on'));
    expect(await take(two.server, 2)).toBe(2);
    two.client.close();
    await lab.server.waits.reaches('CLOSE_WAIT');
    expect((await gate.dropped()).segments).toBe(1);
  });
});

describe('everything', () => {
  test('no TCP segment comes in, whatever it is; what this host sends goes out', async () => {
    await using lab = pair();
    const { client, server } = await lab.connected();
    const gate = await lab.server.gates.drop('everything');
    lab.connect();
    client.send(Buffer.from('lost'));
    client.shutdown('write');
    server.send(Buffer.from('out'));
    expect(await take(client, 3)).toBe(3);
    await lab.server.waits.saw({ has: 'F' });
    await Promise.all([
      lab.client.waits.holds('SYN_SENT', 60),
      lab.client.waits.holds('FIN_WAIT_1', 60),
      lab.server.waits.holds('ESTABLISHED', 60),
    ]);
    const { segments, bytes } = await gate.dropped();
    expect(segments).toBeGreaterThanOrEqual(4);
    expect(bytes).toBeGreaterThan(segments * 40);
  });
});

describe('own-rst', () => {
  test('without it the kernel below a raw peer answers the SYN-ACK with RST', async () => {
    await using lab = pair();
    lab.listen();
    await bareRawClient(lab).send('S');
    await lab.server.waits.saw({ has: 'R' });
    await until(lab.server, 'only the listener', (sockets) => sockets.length === 1);
  });

  test.each([4, 6] as const)(
    'over IPv%i the kernel’s own RST is dropped: the server stays in SYN_RCVD',
    async (ip) => {
      await using lab = pair({ ipv6: true });
      lab.listen({ ip });
      const gate = await lab.client.gates.drop('own-rst');
      const peer = bareRawClient(lab, ip);
      await peer.send('S');
      await peer.receive('S.');
      await lab.server.waits.holds('SYN_RCVD', 60);
      expect((await gate.dropped()).segments).toBe(1);
      expect(arrived(lab, lab.server, { has: 'R' })).toEqual([]);
    },
  );

  test.each([4, 6] as const)('over IPv%i the RST of a raw peer passes', async (ip) => {
    await using lab = pair({ ipv6: true });
    lab.listen({ ip });
    const peer = await rawClient(lab, ip);
    await peer.open();
    await lab.server.waits.reaches('ESTABLISHED');
    await peer.send('R');
    await until(lab.server, 'only the listener', (sockets) => sockets.length === 1);
    expect(arrived(lab, lab.server, { flags: 'R' })).toHaveLength(1);
  });

  test('it holds back what leaves only: an RST of the other host arrives', async () => {
    await using lab = pair();
    await lab.client.gates.drop('own-rst');
    const socket = lab.connect();
    await lab.client.waits.reaches('CLOSED');
    expect(() => socket.receive()).toThrow('ECONNREFUSED');
  });
});
