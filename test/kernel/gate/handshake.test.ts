import { describe, expect, test } from 'vitest';
import { PORT, pair } from '../support/pair.ts';
import { arrived } from '../support/segments.ts';
import { give, take } from '../support/transfer.ts';
import { row, until } from '../support/until.ts';

describe('syn', () => {
  test.each([4, 6] as const)('a SYN over IPv%i is dropped: the client stays in SYN_SENT', async (ip) => {
    await using lab = pair({ ipv6: true });
    lab.listen({ ip });
    const gate = await lab.server.gates.drop('syn');
    lab.connect({ ip });
    await lab.client.waits.holds('SYN_SENT', 60);
    expect((await gate.dropped()).segments).toBe(1);
    expect((await lab.server.witness.look()).sockets).toMatchObject([{ state: 'LISTEN' }]);
  });

  test('a SYN that asks for ECN is dropped too', async () => {
    await using lab = pair({ knobs: { tcp_ecn: '1' } });
    lab.listen();
    const gate = await lab.server.gates.drop('syn');
    lab.connect();
    await lab.server.waits.saw({ flags: 'SEW' });
    expect((await gate.dropped()).segments).toBe(1);
  });

  test('an established connection goes on, and a SYN-ACK passes', async () => {
    await using lab = pair();
    const { client, server } = await lab.connected();
    const gate = await lab.server.gates.drop('syn');
    client.send(Buffer.from('on'));
    expect(await take(server, 2)).toBe(2);

    const back = lab.open('client');
    back.bind(lab.endpoint('client', 90));
    back.listen(1);
    lab.open('server').connect(lab.endpoint('client', 90));
    await lab.server.waits.reaches('ESTABLISHED', { remotePort: 90 });
    client.close();
    await lab.server.waits.reaches('CLOSE_WAIT');
    expect((await gate.dropped()).segments).toBe(0);
  });
});

describe('syn-ack', () => {
  test('a SYN-ACK is dropped: SYN_SENT at the client, SYN_RCVD at the server', async () => {
    await using lab = pair();
    lab.listen();
    const gate = await lab.client.gates.drop('syn-ack');
    lab.connect();
    await lab.client.waits.saw({ flags: 'S.' });
    await Promise.all([
      lab.client.waits.holds('SYN_SENT', 60),
      lab.server.waits.holds('SYN_RCVD', 60, { remotePort: row(lab.client, {}).local.port }),
    ]);
    expect((await gate.dropped()).segments).toBe(1);
  });

  test('a SYN and what follows a handshake pass', async () => {
    await using lab = pair();
    const gate = await lab.server.gates.drop('syn-ack');
    const { client, server } = await lab.connected();
    await Promise.all([give(client, Buffer.alloc(5_000)), take(server, 5_000)]);
    client.close();
    await lab.server.waits.reaches('CLOSE_WAIT');
    expect((await gate.dropped()).segments).toBe(0);
  });
});

describe('ack-of-syn-ack', () => {
  test.each([4, 6] as const)(
    'the final ACK over IPv%i is dropped: the server stays in SYN_RCVD',
    async (ip) => {
      await using lab = pair({ ipv6: true });
      const listener = lab.listen({ ip });
      const gate = await lab.server.gates.drop('ack-of-syn-ack');
      lab.connect({ ip });
      await lab.client.waits.reaches('ESTABLISHED');
      await lab.server.waits.holds('SYN_RCVD', 60);
      expect((await gate.dropped()).segments).toBe(1);
      expect(listener.accept()).toBeUndefined();
    },
  );

  test('data that carries the ACK does not complete the handshake either, and is delivered after the opening', async () => {
    await using lab = pair();
    const listener = lab.listen();
    const gate = await lab.server.gates.drop('ack-of-syn-ack');
    const client = lab.connect();
    await lab.client.waits.reaches('ESTABLISHED');
    client.send(Buffer.from('early'));
    await lab.server.waits.saw({ payload: 'some' });
    await lab.server.waits.holds('SYN_RCVD', 100);
    expect((await gate.dropped()).segments).toBeGreaterThanOrEqual(2);
    await gate.open();
    await lab.server.waits.reaches('ESTABLISHED');
    const server = lab.keep(listener.accept() ?? lab.open('server'));
    expect(await take(server, 5)).toBe(5);
  });

  test('a FIN that follows at once does not complete the handshake either', async () => {
    await using lab = pair();
    lab.listen();
    await lab.server.gates.drop('ack-of-syn-ack');
    const client = lab.connect();
    await lab.client.waits.reaches('ESTABLISHED');
    client.close();
    await lab.server.waits.saw({ has: 'F' });
    await lab.server.waits.holds('SYN_RCVD', 60);
  });

  test('a connection older than the gate is not disturbed', async () => {
    await using lab = pair();
    const listener = lab.listen();
    const { client, server } = await lab.connected({ listener });
    const gate = await lab.server.gates.drop('ack-of-syn-ack');
    lab.connect();
    await lab.server.waits.reaches('SYN_RCVD');
    const held = (await gate.dropped()).segments;
    await Promise.all([give(client, Buffer.alloc(20_000)), take(server, 20_000)]);
    client.close();
    await lab.server.waits.reaches('CLOSE_WAIT');
    expect((await gate.dropped()).segments).toBe(held);
  });

  test('a connection completed while the gate was open is not disturbed when it is closed again', async () => {
    await using lab = pair();
    const listener = lab.listen();
    const gate = await lab.server.gates.drop('ack-of-syn-ack');
    await gate.open();
    const { client, server } = await lab.connected({ listener });
    await gate.close();
    client.send(Buffer.from('on'));
    expect(await take(server, 2)).toBe(2);
    expect((await gate.dropped()).segments).toBe(0);
    lab.connect();
    await lab.server.waits.reaches('SYN_RCVD');
    await lab.server.waits.holds('SYN_RCVD', 60);
  });

  test('an RST passes and ends the half-open connection', async () => {
    await using lab = pair();
    lab.listen();
    await lab.server.gates.drop('ack-of-syn-ack');
    const client = lab.connect();
    await lab.server.waits.reaches('SYN_RCVD');
    await lab.client.waits.reaches('ESTABLISHED');
    client.linger(0);
    client.close();
    await until(lab.server, 'only the listener', (sockets) =>
      sockets.every(({ state }) => state === 'LISTEN'),
    );
    expect(arrived(lab, lab.server, { has: 'R' })).toHaveLength(1);
    expect(row(lab.server, { localPort: PORT })).toMatchObject({ state: 'LISTEN' });
  });
});
