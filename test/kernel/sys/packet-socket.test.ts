import { expect, test } from 'vitest';
import { monotonicNs } from '../../../lab/sys/clock.ts';
import { type CapturedPacket, PacketSocket } from '../../../lab/sys/packet-socket.ts';
import { decodePacket } from '../../../lab/tcp/packet.ts';
import { type Pair, pair, type Side } from '../support/pair.ts';
import { give, take } from '../support/transfer.ts';

function tap(lab: Pair, side: Side, options: { receiveBufferBytes?: number } = {}): PacketSocket {
  return lab.keep(lab[side].host.enter(() => new PacketSocket(options)));
}

function drained(socket: PacketSocket): CapturedPacket[] {
  const packets: CapturedPacket[] = [];
  socket.drain((packet) => packets.push(packet));
  return packets;
}

test('each host sees what arrives there and nothing that it sends', async () => {
  await using lab = pair();
  const atClient = tap(lab, 'client');
  const atServer = tap(lab, 'server');
  const { client } = await lab.connected();
  client.close();
  await lab.server.waits.reaches('CLOSE_WAIT');
  const senders = (packets: CapturedPacket[]): string[] =>
    packets.map(({ bytes }) => decodePacket(bytes).segment.source.address);
  expect(new Set(senders(drained(atClient)))).toEqual(new Set(['198.18.0.2']));
  expect(new Set(senders(drained(atServer)))).toEqual(new Set(['198.18.0.1']));
});

test('an empty socket is drained at once', async () => {
  await using lab = pair();
  expect(tap(lab, 'client').drain(() => {})).toBe(0);
});

test('a drain ends when the one that it tells closes the socket', async () => {
  await using lab = pair();
  const atServer = tap(lab, 'server');
  for (let n = 0; n < 40; n += 1) lab.connect();
  expect(atServer.drain(() => atServer.close())).toBe(1);
});

test('a drain comes to its end though packets arrive as fast as it takes them, and the next one has the rest', async () => {
  await using lab = pair();
  const atServer = tap(lab, 'server');
  let left = 300;
  const sendOne = (): void => {
    if (left-- > 0) lab.connect();
  };
  for (let n = 0; n < 40; n += 1) sendOne();
  const first = atServer.drain(sendOne);
  expect(first).toBeGreaterThanOrEqual(40);
  expect(first).toBeLessThan(200);
  expect(drained(atServer).length).toBeGreaterThan(0);
});

test('the times are on the monotonic clock, within the test, in order, and nothing is lost', async () => {
  const beforeNs = monotonicNs();
  await using lab = pair();
  const atServer = tap(lab, 'server');
  const { client, server } = await lab.connected();
  await Promise.all([give(client, Buffer.alloc(200_000)), take(server, 200_000)]);
  const packets = drained(atServer);
  const times = packets.map(({ atNs }) => atNs);
  expect(packets.length).toBeGreaterThan(130);
  expect(times.every((atNs) => atNs > beforeNs && atNs < monotonicNs())).toBe(true);
  expect(times).toEqual(times.toSorted((a, b) => Number(a - b)));
  expect(atServer.lost()).toBe(0);
});

test('a gate does not blind it: it sees what the input hook drops', async () => {
  await using lab = pair();
  const atServer = tap(lab, 'server');
  const gate = await lab.server.gates.drop('everything');
  lab.connect();
  await lab.server.waits.saw({ flags: 'S' });
  expect(drained(atServer)).toHaveLength(1);
  expect((await gate.dropped()).segments).toBe(1);
});

test('a packet of more than 2,048 bytes is cut, and its true length is kept', async () => {
  await using lab = pair();
  await lab.server.host.exec('ip', ['link', 'set', 'eth0', 'mtu', '9000']);
  await lab.client.host.exec('ip', ['link', 'set', 'eth0', 'mtu', '9000']);
  const atServer = tap(lab, 'server');
  const { client, server } = await lab.connected();
  await Promise.all([give(client, Buffer.alloc(5_000)), take(server, 5_000)]);
  const large = drained(atServer).filter(({ length }) => length > 2_048);
  expect(large).toMatchObject([{ length: 5_052 }]);
  expect(large[0]?.bytes).toHaveLength(2_048);
  expect(decodePacket(large[0]?.bytes ?? Buffer.alloc(0))).toMatchObject({ truncated: true });
});

test('IPv6 segments are seen, and neighbour discovery is not', async () => {
  await using lab = pair({ ipv6: true });
  const atServer = tap(lab, 'server');
  await lab.connected({ ip: 6 });
  const packets = drained(atServer).map(({ bytes }) => decodePacket(bytes));
  expect(packets.map(({ version }) => version)).toEqual([6, 6]);
});

test('what a too small buffer cannot keep is counted as lost, once', async () => {
  await using lab = pair();
  const small = tap(lab, 'server', { receiveBufferBytes: 4_096 });
  const { client, server } = await lab.connected();
  await Promise.all([give(client, Buffer.alloc(200_000)), take(server, 200_000)]);
  expect(small.lost()).toBeGreaterThan(0);
  expect(small.lost()).toBe(0);
});

test('what it hands over is a copy that later packets do not change', async () => {
  await using lab = pair();
  const atServer = tap(lab, 'server');
  const { client, server } = await lab.connected();
  const [syn] = drained(atServer);
  const before = Buffer.from(syn?.bytes ?? []);
  await Promise.all([give(client, Buffer.alloc(100_000, 0xff)), take(server, 100_000)]);
  drained(atServer);
  expect(Buffer.from(syn?.bytes ?? []).equals(before)).toBe(true);
});

test('a closed packet socket refuses to be drained', async () => {
  await using lab = pair();
  const socket = tap(lab, 'client');
  socket.close();
  socket.close();
  expect(() => socket.drain(() => {})).toThrow('this packet socket is closed');
  expect(() => socket.lost()).toThrow('this packet socket is closed');
});
