import { expect, test } from 'vitest';
import { toPcapng } from '../../lab/report/pcapng.ts';
import { HAND_MADE, HEADER, segment, socket } from './hand-made.ts';

interface Block {
  readonly type: number;
  readonly body: Buffer;
}

/** The blocks of a file, read by the draft's words and not by our writer's. draft-ietf-opsawg-pcapng section 3.1. */
function blocksOf(file: Buffer): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < file.length; ) {
    const length = file.readUInt32LE(at + 4);
    expect(length % 4).toBe(0);
    expect(file.readUInt32LE(at + length - 4)).toBe(length);
    blocks.push({ type: file.readUInt32LE(at), body: file.subarray(at + 8, at + length - 4) });
    at += length;
  }
  return blocks;
}

/** Options as [code, value]; they must end with opt_endofopt. Section 3.5. */
function optionsOf(bytes: Buffer): [number, Buffer][] {
  const options: [number, Buffer][] = [];
  for (let at = 0; at < bytes.length; ) {
    const code = bytes.readUInt16LE(at);
    const length = bytes.readUInt16LE(at + 2);
    options.push([code, bytes.subarray(at + 4, at + 4 + length)]);
    at += 4 + Math.ceil(length / 4) * 4;
  }
  expect(options.pop()).toEqual([0, Buffer.alloc(0)]);
  return options;
}

const texts = (options: [number, Buffer][]): [number, string][] =>
  options.map(([code, value]) => [code, value.toString('utf8')]);

const timeline = {
  header: HEADER,
  events: [
    socket(0.5, 'server', 'LISTEN'),
    segment(1.000_001, 'client', 'S'),
    socket(1.5, 'client', 'SYN_SENT'),
    segment(4_000, 'server', 'S.', { ack: 1, payload: 'odd' }),
  ],
};

test('the section header: byte order, version 1.0, open length, origin', () => {
  const [section] = blocksOf(toPcapng(timeline));
  expect(section?.type).toBe(0x0a0d0d0a);
  expect(section?.body.subarray(0, 16).toString('hex')).toBe('4d3c2b1a01000000ffffffffffffffff');
  expect(texts(optionsOf(section?.body.subarray(16) as Buffer))).toEqual([
    [2, 'virtual Ethernet between the hosts of a lab'],
    [3, 'Linux 6.18.0'],
    [4, 'tcplab'],
  ]);
});

test('an interface a host: raw IP, nanoseconds, its name', () => {
  const interfaces = blocksOf(toPcapng(timeline)).slice(1, 3);
  expect(interfaces.map(({ type }) => type)).toEqual([1, 1]);
  expect(interfaces.map(({ body }) => body.subarray(0, 8).toString('hex'))).toEqual([
    '6500000000080000',
    '6500000000080000',
  ]);
  const options = interfaces.map(({ body }) => optionsOf(body.subarray(8)));
  expect(options.map(([name]) => name?.[1].toString())).toEqual(['client', 'server']);
  expect(options[0]?.[2]).toEqual([9, Buffer.of(9)]);
});

test('a packet: the interface where it arrived, nanoseconds since 1970, both lengths, bytes, comments, inbound', () => {
  const [syn, synAck] = blocksOf(toPcapng(timeline)).slice(3);
  const bytes = (timeline.events[1] as ReturnType<typeof segment>).packet;
  expect(syn?.type).toBe(6);
  const body = syn?.body as Buffer;
  expect(body.readUInt32LE(0)).toBe(1);
  const atNs = (BigInt(body.readUInt32LE(4)) << 32n) | BigInt(body.readUInt32LE(8));
  expect(atNs).toBe(1_767_323_045_678_000_999n + 1_000_001n);
  expect([body.readUInt32LE(12), body.readUInt32LE(16)]).toEqual([40, 40]);
  expect(body.subarray(20, 60)).toEqual(Buffer.from(bytes));
  const options = optionsOf(body.subarray(60));
  expect(texts(options.slice(0, 2))).toEqual([
    [1, '0.5 ms server: LISTEN'],
    [1, '1.5 ms client: SYN_SENT'],
  ]);
  expect(options.at(-1)).toEqual([2, Buffer.of(1, 0, 0, 0)]);
  expect(synAck?.body.readUInt32LE(0)).toBe(0);
  expect(synAck?.body.readUInt32LE(12)).toBe(43);
  expect(synAck?.body.subarray(63, 64)).toEqual(Buffer.of(0));
});

test('a packet of which only the beginning was kept has its length on the wire', () => {
  const whole = segment(1, 'client', '.', { ack: 1 });
  const cut = { ...whole, packet: whole.packet.subarray(0, 40), length: 9_000 };
  const block = blocksOf(toPcapng({ header: HEADER, events: [cut] }))[3];
  expect([block?.body.readUInt32LE(12), block?.body.readUInt32LE(16)]).toEqual([40, 9_000]);
});

test('every segment of a timeline is in the file, in order', () => {
  const segments = HAND_MADE.events.filter(({ kind }) => kind === 'segment');
  expect(blocksOf(toPcapng(HAND_MADE)).filter(({ type }) => type === 6)).toHaveLength(segments.length);
});
