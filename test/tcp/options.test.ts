import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeOptions, encodeOptions, formatOptions, type Option } from '../../lab/tcp/options.ts';
import { PacketError } from '../../lab/tcp/packet.ts';
import { option, options, size } from './arbitraries.ts';

const LINUX_SYN = '020405b40402080aa2c3db01000000000103030a';

test('the options of a Linux SYN', () => {
  const decoded: Option[] = [
    { kind: 'mss', mss: 1460 },
    { kind: 'sack-permitted' },
    { kind: 'timestamps', value: 2730744577, echo: 0 },
    { kind: 'nop' },
    { kind: 'window-scale', shift: 10 },
  ];
  expect(decodeOptions(Buffer.from(LINUX_SYN, 'hex'))).toEqual(decoded);
  expect(Buffer.from(encodeOptions(decoded)).toString('hex')).toBe(LINUX_SYN);
});

test('options that fill whole words come back as they were', () => {
  fc.assert(
    fc.property(options, (list) => {
      expect(decodeOptions(encodeOptions(list))).toEqual(list);
    }),
  );
});

test('padding comes back as one end', () => {
  fc.assert(
    fc.property(option, (each) => {
      const bytes = encodeOptions([each]);
      expect(bytes.length).toBe(Math.ceil(size([each]) / 4) * 4);
      expect(decodeOptions(bytes)).toEqual(size([each]) % 4 === 0 ? [each] : [each, { kind: 'end' }]);
    }),
  );
});

// Mostly bytes that mean something, so that random lists get past the first option.
const wire = fc.oneof(
  fc.uint8Array({ maxLength: 64 }),
  fc
    .array(fc.constantFrom(0, 1, 1, 2, 2, 3, 4, 5, 8, 10, 34, 253), { maxLength: 64 })
    .map((list) => Uint8Array.from(list)),
);

test('any bytes decode, to options that account for every byte', () => {
  fc.assert(
    fc.property(wire, (bytes) => {
      const list = decodeOptions(bytes);
      const end = list.findIndex(({ kind }) => kind === 'end');
      const malformed = list.findIndex(({ kind }) => kind === 'malformed');
      if (malformed !== -1) expect(malformed).toBe(list.length - 1);
      if (end !== -1) expect(end).toBeGreaterThanOrEqual(list.length - 2);
      if (end === -1 && malformed === -1) expect(size(list)).toBe(bytes.length);
    }),
    { numRuns: 2000 },
  );
});

test('bytes of whole words come back, but for whole words of zeros after the end', () => {
  fc.assert(
    fc.property(
      wire.map((bytes) => bytes.subarray(0, Math.min(40, bytes.length & ~3))),
      (bytes) => {
        const again = encodeOptions(decodeOptions(bytes));
        expect(bytes.subarray(0, again.length)).toEqual(again);
        expect(bytes.subarray(again.length).every((byte) => byte === 0)).toBe(true);
        expect(decodeOptions(again)).toEqual(decodeOptions(bytes));
      },
    ),
    { numRuns: 2000 },
  );
});

test.each<[string, string, Option[]]>([
  ['no length byte', '0102', [{ kind: 'nop' }, { kind: 'malformed', data: Uint8Array.of(2) }]],
  ['length 0', '02000000', [{ kind: 'malformed', data: Uint8Array.of(2, 0, 0, 0) }]],
  ['length 1', '0801', [{ kind: 'malformed', data: Uint8Array.of(8, 1) }]],
  [
    'length beyond the bytes',
    '0402020405',
    [{ kind: 'sack-permitted' }, { kind: 'malformed', data: Uint8Array.of(2, 4, 5) }],
  ],
  [
    'an MSS of 3 bytes',
    '020501020301',
    [{ kind: 'unknown', number: 2, data: Uint8Array.of(1, 2, 3) }, { kind: 'nop' }],
  ],
  ['a SACK of no blocks', '0502', [{ kind: 'unknown', number: 5, data: new Uint8Array() }]],
  [
    'an odd cookie',
    '2207aabbccddee',
    [{ kind: 'unknown', number: 34, data: Uint8Array.of(170, 187, 204, 221, 238) }],
  ],
  ['zeros after the end', '00000000', [{ kind: 'end' }]],
  ['more after the end', '00000102', [{ kind: 'end' }, { kind: 'malformed', data: Uint8Array.of(0, 1, 2) }]],
  ['nothing', '', []],
])('%s', (_, hex, expected) => {
  expect(decodeOptions(Buffer.from(hex, 'hex'))).toEqual(expected);
});

test('decoded data do not share memory with the bytes', () => {
  const bytes = Buffer.from('220611223344', 'hex');
  const [decoded] = decodeOptions(bytes);
  bytes.fill(0);
  expect(decoded).toEqual({ kind: 'fast-open', cookie: Uint8Array.of(0x11, 0x22, 0x33, 0x44) });
});

test.each<[string, string, Option[]]>([
  ['an MSS above 16 bits', 'bad-option', [{ kind: 'mss', mss: 65536 }]],
  ['a negative shift', 'bad-option', [{ kind: 'window-scale', shift: -1 }]],
  ['a fractional timestamp', 'bad-option', [{ kind: 'timestamps', value: 0.5, echo: 0 }]],
  ['a SACK edge above 32 bits', 'bad-option', [{ kind: 'sack', blocks: [{ left: 2 ** 32, right: 0 }] }]],
  ['a SACK without blocks', 'bad-option', [{ kind: 'sack', blocks: [] }]],
  ['a cookie of 5 bytes', 'bad-option', [{ kind: 'fast-open', cookie: new Uint8Array(5) }]],
  ['a cookie of 2 bytes', 'bad-option', [{ kind: 'fast-open', cookie: new Uint8Array(2) }]],
  ['a cookie of 18 bytes', 'bad-option', [{ kind: 'fast-open', cookie: new Uint8Array(18) }]],
  ['number 256', 'bad-option', [{ kind: 'unknown', number: 256, data: new Uint8Array() }]],
  ['a length on nop', 'bad-option', [{ kind: 'unknown', number: 1, data: new Uint8Array() }]],
  ['41 bytes', 'too-long', Array<Option>(41).fill({ kind: 'nop' })],
  ['an unknown of 300 bytes', 'too-long', [{ kind: 'unknown', number: 99, data: new Uint8Array(300) }]],
])('%s cannot be encoded: %s', (_, code, list) => {
  expect(() => encodeOptions(list)).toThrow(expect.objectContaining({ code }));
  expect(() => encodeOptions(list)).toThrow(PacketError);
});

test('number 255 is the last that encodes', () => {
  expect([...encodeOptions([{ kind: 'unknown', number: 255, data: Uint8Array.of(7, 8) }])]).toEqual([
    255, 4, 7, 8,
  ]);
});

test('40 bytes still fit', () => {
  expect(encodeOptions(Array<Option>(40).fill({ kind: 'nop' }))).toHaveLength(40);
});

test('options in words', () => {
  const list: Option[] = [
    ...decodeOptions(Buffer.from(LINUX_SYN, 'hex')),
    {
      kind: 'sack',
      blocks: [
        { left: 5, right: 9 },
        { left: 0, right: 2 },
      ],
    },
    { kind: 'fast-open', cookie: new Uint8Array() },
    { kind: 'fast-open', cookie: Uint8Array.of(1, 2, 3, 0xaa) },
    { kind: 'unknown', number: 99, data: Uint8Array.of(0xde, 0xad) },
    { kind: 'unknown', number: 98, data: new Uint8Array() },
    { kind: 'end' },
    { kind: 'malformed', data: Uint8Array.of(2) },
  ];
  expect(formatOptions(list, 4).split(',')).toEqual([
    'mss 1460',
    'sackOK',
    'TS 2730744577:0',
    'wscale 10',
    'sack 1:5 4294967292:4294967294',
    'tfo cookiereq',
    'tfo cookie 010203aa',
    'unknown-99 dead',
    'unknown-98',
    'malformed 02',
  ]);
  expect(formatOptions([{ kind: 'nop' }, { kind: 'end' }])).toBe('');
});
