import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AddressError, family, formatAddress } from '../../lab/tcp/address.ts';
import { parseFlags } from '../../lab/tcp/flags.ts';
import {
  decodePacket,
  decodeSegment,
  encodePacket,
  encodeSegment,
  type IpFields,
  type Packet,
} from '../../lab/tcp/packet.ts';
import { describeSegment, type Segment } from '../../lab/tcp/segment.ts';
import { segment } from './arbitraries.ts';
import { bytesOf, CAPTURES, captured } from './captures.ts';

const byte = fc.nat(0xff);
const ipFields = fc.record({
  ttl: byte,
  tos: byte,
  id: fc.nat(0xffff),
  dontFragment: fc.boolean(),
  flowLabel: fc.nat(0xfffff),
});

test('what is encoded decodes to the same, with good checksums', () => {
  fc.assert(
    fc.property(segment, ipFields, (sent, ip) => {
      const version = family(sent.source.address);
      expect(decodePacket(encodePacket(sent, ip))).toEqual({
        version,
        ttl: ip.ttl,
        tos: ip.tos,
        id: version === 4 ? ip.id : 0,
        segment: sent,
        ipChecksumOk: true,
        tcpChecksumOk: true,
        truncated: false,
      } satisfies Packet);
    }),
  );
});

test('a segment alone is the tail of its packet, and decodes to the same', () => {
  fc.assert(
    fc.property(segment, (sent) => {
      const bytes = encodeSegment(sent);
      expect(encodePacket(sent).subarray(-bytes.length)).toEqual(bytes);
      expect(decodeSegment(bytes, sent.source.address, sent.destination.address)).toEqual({
        segment: sent,
        tcpChecksumOk: true,
        truncated: false,
      });
    }),
  );
});

test('left out IP fields are those of Linux: TTL 64, TOS 0, Don’t Fragment', () => {
  const sent = decodePacket(captured('IPv4 RST-ACK of a closed port')).segment;
  expect(encodePacket(sent)).toEqual(captured('IPv4 RST-ACK of a closed port'));
});

test.each(CAPTURES)('$name: decoded as tcpdump does and encoded to the same bytes', (capture) => {
  const good = bytesOf(capture, capture.correct);
  const packet = decodePacket(good);
  expect(packet).toMatchObject({ ipChecksumOk: true, tcpChecksumOk: true, truncated: false, ttl: 64 });
  const flowLabel = packet.version === 6 ? 0xe14d5 : 0;
  expect(encodePacket(packet.segment, { ...packet, flowLabel })).toEqual(good);
  if (capture.sent !== capture.correct) {
    const offloaded = decodePacket(bytesOf(capture));
    expect(offloaded).toEqual({ ...packet, tcpChecksumOk: false });
  }
});

test.each([
  ['IPv4 SYN with ECN setup', 'SEW seq 2192078560 win 64240 <mss 1460,sackOK,TS 2730744577:0,wscale 10>'],
  [
    'IPv4 SYN-ACK with ECN setup',
    'S.E seq 3981857868 ack 2192078561 win 65160 <mss 1460,sackOK,TS 304352880:2730744577,wscale 10>',
  ],
  ['IPv4 data, ECT(0), odd length', 'P. seq 2192078561:2192078566 ack 3981857869 len 5'],
  ['IPv4 RST-ACK of a closed port', 'R. seq 0 ack 343277404'],
  ['IPv6 SYN with ECN setup', 'SEW seq 3785418932 win 64800 <mss 1440,sackOK,TS 840429948:0,wscale 10>'],
  ['IPv6 data, ECT(0), odd length', 'P. seq 3785418933:3785418938 ack 2798214035 len 5'],
])('%s reads as tcpdump prints it', (name, line) => {
  expect(describeSegment(decodePacket(captured(name)).segment)).toBe(line);
});

test('IP fields and endpoints of a capture', () => {
  expect(decodePacket(captured('IPv4 data, ECT(0), odd length'))).toMatchObject({
    version: 4,
    tos: 2,
    id: 51311,
    segment: {
      source: { address: '198.18.0.1', port: 47406 },
      destination: { address: '198.18.0.2', port: 80 },
    },
  });
  expect(decodePacket(captured('IPv6 data, ECT(0), odd length'))).toMatchObject({
    version: 6,
    tos: 2,
    id: 0,
    segment: {
      source: { address: '2001:db8::1', port: 50516 },
      destination: { address: '2001:db8::2', port: 80 },
    },
  });
});

test('one wrong bit in a capture is a bad checksum or a PacketError, never a good packet', () => {
  for (const { name, tcp } of CAPTURES) {
    const good = captured(name);
    for (let bit = 0; bit < 8 * good.length; bit++) {
      const bytes = good.slice();
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
      const packet = decodedOrCode(bytes);
      // Of the IPv6 header, no checksum covers traffic class, flow label and hop limit.
      const uncovered = tcp === 40 && ((bit >= 4 && bit < 32) || (bit >= 56 && bit < 64));
      if (uncovered) expect(packet).toMatchObject({ tcpChecksumOk: true });
      else if (typeof packet === 'object')
        expect(packet.ipChecksumOk && packet.tcpChecksumOk, `${name} ${bit}`).toBe(false);
    }
  }
});

/** The packet, or the code of the PacketError; any other error fails the test. */
function decodedOrCode(bytes: Uint8Array): Packet | string {
  try {
    return decodePacket(bytes);
  } catch (error) {
    expect(error).toMatchObject({ name: 'PacketError', message: expect.stringMatching(/^[A-Z].*\.$/) });
    return (error as { code: string }).code;
  }
}

test('cut anywhere: short within the headers, truncated within the payload', () => {
  fc.assert(
    fc.property(segment, (sent) => {
      const whole = encodePacket(sent);
      const headers = whole.length - sent.payload.length;
      for (let length = 0; length < whole.length; length++) {
        const packet = decodedOrCode(whole.subarray(0, length));
        if (length < headers) expect(packet).toBe('short');
        else {
          const payload = sent.payload.subarray(0, length - headers);
          expect(packet).toMatchObject({
            truncated: true,
            tcpChecksumOk: false,
            segment: { ...sent, payload },
          });
        }
      }
    }),
    { numRuns: 30 },
  );
});

test('any bytes decode or give a PacketError', () => {
  const first = fc.constantFrom(0x45, 0x46, 0x4f, 0x60, 0x44, 0x00);
  const protocol = fc.constantFrom(6, 0, 43, 44, 60);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), first, protocol, (bytes, start, next) => {
      if (bytes.length > 9) {
        bytes[0] = start;
        // A length that may hold the rest, no fragment, and a protocol that is walked into.
        bytes.set([0, bytes.length], start === 0x60 ? 4 : 2);
        bytes[start === 0x60 ? 6 : 9] = next;
        if (start !== 0x60) bytes.set([0x40, 0], 6);
      }
      const packet = decodedOrCode(bytes);
      if (typeof packet === 'object')
        expect(packet.segment.payload.length).toBeLessThanOrEqual(bytes.length - 40);
    }),
    { numRuns: 5000 },
  );
});

test('bytes behind the packet are no part of it, as in a padded Ethernet frame', () => {
  const good = captured('IPv4 RST-ACK of a closed port');
  const padded = new Uint8Array(good.length + 6).fill(0xaa);
  padded.set(good);
  expect(decodePacket(padded)).toEqual(decodePacket(good));
});

test('a packet out of a shared buffer is read at its offset and copied', () => {
  const good = captured('IPv4 data, ECT(0), odd length');
  const buffer = Buffer.alloc(200, 0xee);
  buffer.set(good, 33);
  const packet = decodePacket(buffer.subarray(33, 33 + good.length));
  buffer.fill(0);
  expect(packet).toEqual(decodePacket(good));
  expect(Buffer.from(packet.segment.payload).toString()).toBe('hello');
});

test('IPv4 options are walked over', () => {
  const plain = captured('IPv4 data, ECT(0), odd length');
  const bytes = new Uint8Array(plain.length + 4);
  bytes.set(plain.subarray(0, 20));
  bytes.set([1, 1, 1, 0], 20);
  bytes.set(plain.subarray(20), 24);
  bytes[0] = 0x46;
  bytes[3] = bytes.length;
  expect(decodePacket(bytes)).toMatchObject({ ipChecksumOk: false, tcpChecksumOk: true });
  expect(decodePacket(bytes).segment).toEqual(decodePacket(plain).segment);
});

const IPV6 = 'IPv6 data, ECT(0), odd length';

/** The IPv6 capture with extension headers, each by its number and length in bytes. */
function extended(...headers: [number: number, length: number][]): Uint8Array {
  const plain = captured(IPV6);
  const numbers = [...headers.map(([number]) => number), 6];
  const extra = headers.flatMap(([, length], i) => {
    const header = Array<number>(length).fill(0);
    header[0] = numbers[i + 1] ?? 0;
    header[1] = length / 8 - 1;
    return header;
  });
  const bytes = Uint8Array.from([...plain.subarray(0, 40), ...extra, ...plain.subarray(40)]);
  bytes[6] = numbers[0] ?? 6;
  new DataView(bytes.buffer).setUint16(4, bytes.length - 40);
  return bytes;
}

test('IPv6 hop-by-hop, routing and destination options are walked over', () => {
  const plain = decodePacket(captured(IPV6));
  expect(decodePacket(extended([0, 8]))).toEqual(plain);
  expect(decodePacket(extended([0, 16], [60, 8], [43, 24], [60, 2048]))).toEqual(plain);
  const cut = extended([0, 16], [60, 8]);
  for (let length = 0; length < 64 + 32; length++)
    expect(decodedOrCode(cut.subarray(0, length))).toBe('short');
});

test.each<[string, string, (bytes: Uint8Array) => void, string?]>([
  ['version 5', 'not-ip', (bytes) => bytes.set([0x55])],
  ['an IPv4 header of 16 bytes', 'not-ip', (bytes) => bytes.set([0x44])],
  ['UDP', 'not-tcp', (bytes) => bytes.set([17], 9)],
  ['a first fragment', 'fragment', (bytes) => bytes.set([0x20, 0], 6)],
  ['a later fragment', 'fragment', (bytes) => bytes.set([0, 1], 6)],
  ['a total length inside the IP header', 'bad-length', (bytes) => bytes.set([0, 19], 2)],
  ['a total length inside the TCP header', 'short', (bytes) => bytes.set([0, 39], 2)],
  ['a data offset of 4 words', 'bad-offset', (bytes) => bytes.set([0x40], 32)],
  ['a data offset beyond the segment', 'bad-offset', (bytes) => bytes.set([0xf0], 32)],
  ['an IPv6 fragment', 'fragment', (bytes) => bytes.set([44], 6), IPV6],
  ['ICMPv6', 'not-tcp', (bytes) => bytes.set([58], 6), IPV6],
  ['no next header', 'not-tcp', (bytes) => bytes.set([59], 6), IPV6],
  ['an extension header beyond the packet', 'bad-length', (bytes) => bytes.set([0], 6), IPV6],
  ['an IPv6 payload of 7 bytes that is an extension', 'bad-length', (bytes) => bytes.set([0, 7, 0], 4), IPV6],
])('%s is %s', (_, code, spoil, name = 'IPv4 data, ECT(0), odd length') => {
  const bytes = captured(name);
  spoil(bytes);
  expect(decodedOrCode(bytes)).toBe(code);
});

const plain: Segment = decodePacket(captured('IPv4 RST-ACK of a closed port')).segment;
const v6 = { address: '2001:db8::1', port: 1 };

test.each<[string, string, Partial<Segment>, IpFields?]>([
  ['a negative seq', 'bad-field', { seq: -1 }],
  ['an ack of 2^32', 'bad-field', { ack: 2 ** 32 }],
  ['a scaled window', 'bad-field', { window: 65536 }],
  ['nine flags', 'bad-field', { flags: 0x100 }],
  ['a fractional urgent', 'bad-field', { urgent: 0.5 }],
  ['port 65536', 'bad-field', { source: { address: '198.18.0.1', port: 65536 } }],
  ['two families', 'mixed-families', { source: v6 }],
  ['41 bytes of options', 'too-long', { options: Array(41).fill({ kind: 'nop' }) }],
  ['an MSS of 2^16', 'bad-option', { options: [{ kind: 'mss', mss: 2 ** 16 }] }],
  ['an IPv4 packet of 65536 bytes', 'too-long', { payload: new Uint8Array(65536 - 40) }],
  [
    'an IPv6 payload of 65536 bytes',
    'too-long',
    { source: v6, destination: v6, payload: new Uint8Array(65516) },
  ],
  ['TTL 256', 'bad-field', {}, { ttl: 256 }],
  ['id -1', 'bad-field', {}, { id: -1 }],
  ['TOS 300', 'bad-field', {}, { tos: 300 }],
  ['a flow label of 21 bits', 'bad-field', { source: v6, destination: v6 }, { flowLabel: 2 ** 20 }],
])('%s cannot be encoded: %s', (_, code, fields, ip = {}) => {
  expect(() => encodePacket({ ...plain, ...fields }, ip)).toThrow(
    expect.objectContaining({ name: 'PacketError', code }),
  );
});

test('the largest packet of each family goes both ways', () => {
  for (const [fields, headers] of [
    [{}, 40],
    [{ source: v6, destination: v6 }, 20],
  ] as const) {
    const largest = { ...plain, ...fields, payload: new Uint8Array(65535 - headers).fill(0xff) };
    expect(decodePacket(encodePacket(largest))).toMatchObject({ segment: largest, tcpChecksumOk: true });
  }
});

test('an endpoint whose address is none is an AddressError', () => {
  expect(() => encodePacket({ ...plain, source: { address: 'localhost', port: 1 } })).toThrow(AddressError);
  expect(() => decodeSegment(encodeSegment(plain), 'localhost', '::1')).toThrow(AddressError);
});

test('Don’t Fragment and the flow label are where the RFCs put them', () => {
  expect(encodePacket(plain)[6]).toBe(0x40);
  expect(encodePacket(plain, { dontFragment: false })[6]).toBe(0);
  const bytes = encodePacket({ ...plain, source: v6, destination: v6 }, { flowLabel: 0xabcde, tos: 0xff });
  expect(Buffer.from(bytes.subarray(0, 4)).toString('hex')).toBe('6ffabcde');
  expect(formatAddress(bytes.subarray(8, 24))).toBe('2001:db8::1');
  expect(decodePacket(bytes).segment.flags).toBe(parseFlags('R.'));
});
