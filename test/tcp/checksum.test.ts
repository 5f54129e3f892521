import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checksum, partialSum } from '../../lab/tcp/checksum.ts';

/** The definition word by word, with the carry brought round at once. */
function naive(bytes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 2) {
    sum += (bytes[i] ?? 0) * 256 + (bytes[i + 1] ?? 0);
    if (sum > 0xffff) sum -= 0xffff;
  }
  return 0xffff - sum;
}

test('RFC 1071 section 3: the example sums to ddf2', () => {
  const example = Uint8Array.of(0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7);
  expect(partialSum(example)).toBe(0xddf2);
  expect(checksum(example)).toBe(0x220d);
});

test('it agrees with the definition', () => {
  const extreme = fc.array(fc.constantFrom(0, 0xff), { maxLength: 64 }).map((list) => Uint8Array.from(list));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), extreme), (bytes) => {
      expect(checksum(bytes)).toBe(naive(bytes));
    }),
  );
});

test('it agrees with the definition on whole megabytes, where carries pile up', () => {
  for (const length of [16_383, 16_384, 16_385, 1 << 20, (1 << 20) + 1]) {
    const bytes = new Uint8Array(length).fill(0xff);
    expect(checksum(bytes), `${length}`).toBe(naive(bytes));
    expect(checksum(bytes.map((_, i) => i * 31)), `${length}`).toBe(naive(bytes.map((_, i) => i * 31)));
  }
});

test('a sum in pieces is the sum of the whole', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(50), (bytes, words) => {
      const cut = Math.min(2 * words, bytes.length & ~1);
      expect(checksum(bytes.subarray(cut), partialSum(bytes.subarray(0, cut)))).toBe(checksum(bytes));
    }),
  );
});

test('bytes that hold their checksum sum to 0, and one changed bit shows', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 2, maxLength: 60 }), fc.nat(), (data, bit) => {
      const bytes = new Uint8Array(data.subarray(0, data.length & ~1));
      bytes.set([0, 0]);
      const sum = checksum(bytes);
      bytes.set([sum >> 8, sum & 0xff]);
      expect(checksum(bytes)).toBe(0);
      const at = bit % (8 * bytes.length);
      bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (1 << (at & 7));
      expect(checksum(bytes)).not.toBe(0);
    }),
  );
});
