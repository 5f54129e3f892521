import { expect, test } from 'vitest';
import { pair } from '../support/pair.ts';
import { rawClient } from '../support/raw.ts';
import { arrived } from '../support/segments.ts';
import { give, take } from '../support/transfer.ts';
import { row, until } from '../support/until.ts';

test.each([
  { bytes: 1, ip: 4 },
  { bytes: 1, ip: 6 },
  { bytes: 1_448, ip: 4 },
  { bytes: 5_000, ip: 4 },
  { bytes: 5_000, ip: 6 },
] as const)('$bytes bytes over IPv$ip are dropped, all of them', async ({ bytes, ip }) => {
  await using lab = pair({ ipv6: true });
  const { client } = await lab.connected({ ip });
  const gate = await lab.server.gates.drop('data');
  client.send(Buffer.alloc(bytes));
  await lab.server.waits.saw({ payload: 'some' });
  await lab.server.waits.holds('ESTABLISHED', 30);
  expect(row(lab.server, { remotePort: client.localEndpoint().port })).toMatchObject({ receiveQueue: 0 });
  expect(row(lab.client, {})).toMatchObject({ sendQueue: bytes, state: 'ESTABLISHED' });
  expect((await gate.dropped()).segments).toBeGreaterThanOrEqual(Math.ceil(bytes / 1_448));
});

test('a single byte without PSH is dropped too', async () => {
  await using lab = pair();
  lab.listen();
  const gate = await lab.server.gates.drop('data');
  const peer = await rawClient(lab);
  await peer.open();
  await lab.server.waits.reaches('ESTABLISHED');
  await peer.send('.', { payload: 'x' });
  await lab.server.waits.saw({ payload: 'some' });
  expect((await gate.dropped()).segments).toBe(1);
  expect(row(lab.server, { remotePort: peer.local.port }).receiveQueue).toBe(0);
});

test('PSH without data passes', async () => {
  await using lab = pair();
  lab.listen();
  const gate = await lab.server.gates.drop('data');
  const peer = await rawClient(lab);
  await peer.send('S');
  await peer.receive('S.');
  await peer.send('P.');
  await lab.server.waits.reaches('ESTABLISHED');
  expect((await gate.dropped()).segments).toBe(0);
});

test('acknowledgements pass: what this host sends itself is acknowledged', async () => {
  await using lab = pair();
  const { client, server } = await lab.connected();
  const gate = await lab.server.gates.drop('data');
  await Promise.all([give(server, Buffer.alloc(100_000)), take(client, 100_000)]);
  await until(lab.server, 'an empty send queue', (sockets) =>
    sockets.some(({ state, sendQueue }) => state === 'ESTABLISHED' && sendQueue === 0),
  );
  expect((await gate.dropped()).segments).toBe(0);
});

test('acknowledgements with SACK blocks and timestamps pass', async () => {
  await using lab = pair();
  const { client, server } = await lab.connected();
  const gate = await lab.server.gates.drop('data');
  const hole = await lab.client.gates.drop('data');
  server.send(Buffer.alloc(100));
  await lab.client.waits.saw({ payload: 'some' });
  await hole.open();
  server.send(Buffer.alloc(100));
  expect(await take(client, 200)).toBe(200);
  const selective = arrived(lab, lab.server, { flags: '.' }).filter(({ options }) =>
    options.some(({ kind }) => kind === 'sack'),
  );
  expect(selective).not.toEqual([]);
  expect((await gate.dropped()).segments).toBe(0);
});

test('a handshake passes, and a FIN without data', async () => {
  await using lab = pair();
  const gate = await lab.server.gates.drop('data');
  const { client } = await lab.connected();
  client.close();
  await lab.server.waits.reaches('CLOSE_WAIT');
  expect((await gate.dropped()).segments).toBe(0);
});

test('a FIN that comes with data is dropped with it', async () => {
  await using lab = pair();
  lab.listen();
  await lab.server.gates.drop('data');
  const peer = await rawClient(lab);
  await peer.open();
  await peer.send('FP.', { payload: 'last' });
  await lab.server.waits.saw({ has: 'F' });
  await lab.server.waits.holds('ESTABLISHED', 30);
});

test('after the opening the next retransmission delivers', async () => {
  await using lab = pair();
  const { client, server } = await lab.connected();
  const gate = await lab.server.gates.drop('data');
  client.send(Buffer.from('late'));
  await lab.server.waits.saw({ payload: 'some' });
  await gate.open();
  expect(await take(server, 4)).toBe(4);
});
