import { isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  AddressError,
  family,
  formatAddress,
  formatEndpoint,
  parseAddress,
  sameAddress,
  sameEndpoint,
} from '../../lab/tcp/address.ts';

function parses(text: string): boolean {
  try {
    parseAddress(text);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(AddressError);
    return false;
  }
}

// Few distinct values, so that zero runs, mapped prefixes and near misses come up.
const byte = fc.constantFrom(0, 0, 0, 1, 0x0a, 0xff, 0xdb);
const bytes = fc.oneof(
  fc.uint8Array({ minLength: 4, maxLength: 4 }),
  fc.uint8Array({ minLength: 16, maxLength: 16 }),
  fc.array(byte, { minLength: 16, maxLength: 16 }).map((list) => Uint8Array.from(list)),
);

test('any 4 or 16 bytes come back from their text', () => {
  fc.assert(
    fc.property(bytes, (address) => {
      expect(parseAddress(formatAddress(address))).toEqual(address);
    }),
  );
});

test("the text of an IPv6 address is the URL standard's, but for dots in mapped ones", () => {
  fc.assert(
    fc.property(
      bytes.filter((address) => address.length === 16),
      (address) => {
        const text = formatAddress(address);
        if (!text.includes('.')) expect(`[${text}]`).toBe(new URL(`http://[${text}]`).hostname);
        else expect(address.subarray(0, 12)).toEqual(parseAddress('::ffff:0:0').subarray(0, 12));
      },
    ),
    { numRuns: 500 },
  );
});

test('what is an address is what Node calls one', () => {
  const piece = fc.constantFrom(
    ':',
    '::',
    '.',
    '0',
    '1',
    '00',
    'ff',
    'FFFF',
    '12345',
    'g',
    '255',
    '256',
    '01',
    ' ',
    '%1',
  );
  const near = fc.array(piece, { maxLength: 17 }).map((pieces) => pieces.join(''));
  const groups = fc
    .array(fc.constantFrom('0', 'ab', '', '1.2.3.4', 'ffff'), { minLength: 2, maxLength: 9 })
    .map((list) => list.join(':'));
  fc.assert(
    fc.property(fc.oneof(near, groups, fc.ipV4(), fc.ipV6()), (text) => {
      expect(parses(text), text).toBe((isIPv4(text) || isIPv6(text)) && !text.includes('%'));
    }),
    { numRuns: 5000 },
  );
});

test.each([
  ['198.18.0.1', [198, 18, 0, 1]],
  ['::', Array(16).fill(0)],
  ['2001:db8::1', [0x20, 1, 0x0d, 0xb8, ...Array(11).fill(0), 1]],
  ['::ffff:1.2.3.4', [...Array(10).fill(0), 255, 255, 1, 2, 3, 4]],
  ['64:ff9b::192.0.2.33', [0, 0x64, 0xff, 0x9b, ...Array(8).fill(0), 192, 0, 2, 33]],
  ['1:2:3:4:5:6:7::', [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 0]],
])('%s is read', (text, expected) => {
  expect([...parseAddress(text)]).toEqual(expected);
});

test.each([
  '',
  '1.2.3',
  '1.2.3.4.5',
  '01.2.3.4',
  '256.1.1.1',
  '1.2.3.4 ',
  '0x1.2.3.4',
  ':',
  ':::',
  '1::2::3',
  '1:2:3:4:5:6:7:8::',
  '::1:2:3:4:5:6:7:8',
  '12345::',
  'fe80::1%eth0',
  '[::1]',
  '::1/128',
  '1.2.3.4::',
  '::ffff:1.2.3',
  '１.2.3.4',
])("'%s' is refused", (text) => {
  expect(() => parseAddress(text)).toThrow(AddressError);
});

// RFC 5952 sections 4 and 5.
test.each([
  ['2001:0DB8:0:0:0:0:0:0001', '2001:db8::1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['0:0:0:0:0:0:0:0', '::'],
  ['1:0:0:0:0:0:0:0', '1::'],
  ['::ffff:c612:1', '::ffff:198.18.0.1'],
])('%s is written %s', (text, canonical) => {
  expect(formatAddress(parseAddress(text))).toBe(canonical);
});

test('other numbers of bytes are no address', () => {
  for (const length of [0, 3, 5, 15, 17]) {
    expect(() => formatAddress(new Uint8Array(length))).toThrow(RangeError);
  }
});

test('family, endpoints and sameness', () => {
  expect([family('198.18.0.1'), family('2001:db8::1'), family('::ffff:198.18.0.1')]).toEqual([4, 6, 6]);
  expect(formatEndpoint({ address: '198.18.0.1', port: 80 })).toBe('198.18.0.1:80');
  expect(formatEndpoint({ address: '2001:DB8:0::1', port: 80 })).toBe('[2001:db8::1]:80');
  expect(sameAddress('2001:db8::1', '2001:0db8:0::0001')).toBe(true);
  expect(sameAddress('198.18.0.1', '::ffff:198.18.0.1')).toBe(true);
  expect(sameAddress('::198.18.0.1', '198.18.0.1')).toBe(false);
  expect(sameEndpoint({ address: '::1', port: 1 }, { address: '0::1', port: 1 })).toBe(true);
  expect(sameEndpoint({ address: '::1', port: 1 }, { address: '::1', port: 2 })).toBe(false);
});
