import { describe, expect, test } from 'vitest';
import { Wire } from '../../../lab/gate/wire.ts';
import { seqAdd } from '../../../lab/tcp/sequence.ts';
import { pair } from '../support/pair.ts';
import { arrived } from '../support/segments.ts';
import { give, take } from '../support/transfer.ts';
import { row, until } from '../support/until.ts';

describe('fin', () => {
  test.each([4, 6] as const)(
    'a FIN over IPv%i is dropped: FIN_WAIT_1 here, ESTABLISHED there',
    async (ip) => {
      await using lab = pair({ ipv6: true });
      const { client } = await lab.connected({ ip });
      const gate = await lab.server.gates.drop('fin');
      client.close();
      await lab.server.waits.saw({ has: 'F' });
      await Promise.all([
        lab.client.waits.holds('FIN_WAIT_1', 60),
        lab.server.waits.holds('ESTABLISHED', 60, { remotePort: row(lab.client, {}).local.port }),
      ]);
      expect((await gate.dropped()).segments).toBeGreaterThan(0);
      await gate.open();
      await lab.client.waits.reaches('FIN_WAIT_2');
    },
  );

  test('data passes, and RST', async () => {
    await using lab = pair();
    const gate = await lab.server.gates.drop('fin');
    const { client, server } = await lab.connected();
    await Promise.all([give(client, Buffer.alloc(5_000)), take(server, 5_000)]);
    client.linger(0);
    client.close();
    await until(lab.server, 'only the listener', (sockets) => sockets.length === 1);
    expect((await gate.dropped()).segments).toBe(0);
  });
});

describe('fin-after-one', () => {
  test('the first FIN passes, its retransmissions are dropped', async () => {
    await using lab = pair();
    const { client } = await lab.connected();
    const gate = await lab.server.gates.drop('fin-after-one');
    await lab.client.gates.drop('ack-of-fin');
    client.close();
    await lab.server.waits.reaches('CLOSE_WAIT');
    expect((await gate.dropped()).segments).toBe(0);
    await until(lab.client, 'a retransmission', (sockets) =>
      sockets.some(({ retransmits }) => retransmits > 0),
    );
    await lab.client.waits.holds('FIN_WAIT_1', 30);
    expect((await gate.dropped()).segments).toBeGreaterThan(0);
    expect(arrived(lab, lab.server, { has: 'F' })).toHaveLength((await gate.dropped()).segments + 1);
  });

  test('each connection has a first FIN of its own', async () => {
    await using lab = pair();
    const listener = lab.listen();
    const gate = await lab.server.gates.drop('fin-after-one');
    const [one, two] = [await lab.connected({ listener }), await lab.connected({ listener })];
    for (const { client } of [one, two]) {
      const remotePort = client.localEndpoint().port;
      client.close();
      await lab.server.waits.reaches('CLOSE_WAIT', { remotePort });
    }
    expect((await gate.dropped()).segments).toBe(0);
  });

  test('so has a later connection between the same two ports', async () => {
    await using lab = pair();
    const listener = lab.listen();
    const gate = await lab.server.gates.drop('fin-after-one');
    for (let n = 0; n < 2; n++) {
      const { client, server } = await lab.connected({ listener, from: 5_000 });
      client.shutdown('write');
      await lab.server.waits.reaches('CLOSE_WAIT');
      server.linger(0);
      server.close();
      await lab.client.waits.reaches('CLOSED');
      client.close();
    }
    expect((await gate.dropped()).segments).toBe(0);
  });
});

describe('ack-of-fin', () => {
  test.each([4, 6] as const)(
    'over IPv%i: FIN_WAIT_1 here although the other end is in CLOSE_WAIT',
    async (ip) => {
      await using lab = pair({ ipv6: true });
      const { client } = await lab.connected({ ip });
      const gate = await lab.client.gates.drop('ack-of-fin');
      client.close();
      await lab.server.waits.reaches('CLOSE_WAIT');
      await lab.client.waits.saw({ flags: '.', source: { port: 8_080 } });
      await lab.client.waits.holds('FIN_WAIT_1', 60);
      expect(row(lab.client, {}).sendQueue).toBe(1);
      expect((await gate.dropped()).segments).toBeGreaterThan(0);
      await gate.open();
      await lab.client.waits.reaches('FIN_WAIT_2');
    },
  );

  test('LAST_ACK: the passive closer’s FIN is not acknowledged', async () => {
    await using lab = pair();
    const { client, server } = await lab.connected();
    const gate = await lab.server.gates.drop('ack-of-fin');
    client.close();
    await lab.server.waits.reaches('CLOSE_WAIT');
    server.close();
    await lab.client.waits.reaches('TIME_WAIT');
    await lab.server.waits.holds('LAST_ACK', 60);
    await gate.open();
    await until(lab.server, 'only the listener', (sockets) => sockets.length === 1);
  });

  // FINs that are dropped and sent again do not cross: the one sent later acknowledges the other. FINs that wait do.
  test('CLOSING at both ends: their FINs cross', async () => {
    await using lab = pair();
    const { client, server } = await lab.connected();
    const gates = await Promise.all([lab.client, lab.server].map((each) => each.gates.drop('ack-of-fin')));
    const wires = [lab.client, lab.server].map(({ host }) => new Wire(host));
    await Promise.all(wires.map((wire) => wire.hold()));
    client.shutdown('write');
    server.shutdown('write');
    await lab.client.waits.reaches('FIN_WAIT_1');
    await lab.server.waits.reaches('FIN_WAIT_1');
    await Promise.all(wires.map((wire) => wire.release()));
    await Promise.all([lab.client.waits.reaches('CLOSING'), lab.server.waits.reaches('CLOSING')]);
    await Promise.all([lab.client.waits.holds('CLOSING', 60), lab.server.waits.holds('CLOSING', 60)]);
    await Promise.all(gates.map((gate) => gate.open()));
    await Promise.all([lab.client.waits.reaches('TIME_WAIT'), lab.server.waits.reaches('TIME_WAIT')]);
  });

  test('100 kB sent before the close are acknowledged, and only the FIN stays in the send queue', async () => {
    await using lab = pair();
    const { client, server } = await lab.connected();
    await lab.client.gates.drop('ack-of-fin');
    await Promise.all([give(client, Buffer.alloc(100_000)), take(server, 100_000)]);
    client.close();
    await until(lab.client, 'a send queue of 1', (sockets) =>
      sockets.some(({ sendQueue }) => sendQueue === 1),
    );
    await lab.client.waits.holds('FIN_WAIT_1', 60);
  });

  test('all but what is sent again in one segment with the FIN is acknowledged', async () => {
    await using lab = pair();
    const { client } = await lab.connected();
    const network = await lab.server.gates.drop('everything');
    await lab.client.gates.drop('ack-of-fin');
    client.send(Buffer.alloc(9 * 1_448));
    client.close();
    await lab.server.waits.saw({ has: 'F' });
    expect(row(lab.client, {}).sendQueue).toBe(9 * 1_448 + 1);
    await network.open();
    await lab.server.waits.reaches('CLOSE_WAIT');
    expect(row(lab.client, {}).sendQueue).toBeLessThanOrEqual(1_448 + 1);
    await lab.client.waits.holds('FIN_WAIT_1', 60);
  });

  test('it holds although this host has since sent a segment with the number that follows its FIN', async () => {
    await using lab = pair();
    const { client, server } = await lab.connected();
    const gate = await lab.client.gates.drop('ack-of-fin');
    const fin = await lab.server.gates.drop('fin');
    client.shutdown('write');
    const { segment } = await lab.server.waits.saw({ has: 'F' });
    server.send(Buffer.from('more'));
    expect(await take(client, 4)).toBe(4);
    await lab.server.waits.saw({ flags: '.', seq: seqAdd(segment.seq, 1) });
    await fin.open();
    await lab.server.waits.reaches('CLOSE_WAIT');
    await lab.client.waits.holds('FIN_WAIT_1', 60);
    expect((await gate.dropped()).segments).toBeGreaterThan(0);
  });

  test('data of the other end that acknowledges the FIN does not slip through', async () => {
    await using lab = pair();
    const { client, server } = await lab.connected();
    await lab.client.gates.drop('ack-of-fin');
    client.shutdown('write');
    await lab.server.waits.reaches('CLOSE_WAIT');
    server.send(Buffer.from('more'));
    await lab.client.waits.saw({ payload: 'some' });
    await lab.client.waits.holds('FIN_WAIT_1', 60);
  });

  test('a later connection between the same two ports is not disturbed', async () => {
    await using lab = pair();
    const listener = lab.listen();
    const gate = await lab.client.gates.drop('ack-of-fin');
    const first = await lab.connected({ listener, from: 5_000 });
    first.client.shutdown('write');
    await lab.server.waits.reaches('CLOSE_WAIT');
    first.server.linger(0);
    first.server.close();
    await lab.client.waits.reaches('CLOSED');
    first.client.close();

    const dropped = (await gate.dropped()).segments;
    const { client, server } = await lab.connected({ listener, from: 5_000 });
    await Promise.all([give(client, Buffer.alloc(20_000)), take(server, 20_000)]);
    await until(lab.client, 'an empty send queue', ([socket]) => socket?.sendQueue === 0);
    expect((await gate.dropped()).segments).toBe(dropped);
  });
});
