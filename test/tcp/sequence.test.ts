import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seqAdd, seqAfter, seqBefore, seqDiff, seqInWindow } from '../../lab/tcp/sequence.ts';

const SPACE = 2n ** 32n;
const sequence = () =>
  fc.oneof(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.constantFrom(0, 1, 2 ** 31, 2 ** 32 - 1));

/** The same in unbounded integers. */
function modulo(value: bigint): bigint {
  return ((value % SPACE) + SPACE) % SPACE;
}

test('seqAdd is addition mod 2^32, for any safe step', () => {
  fc.assert(
    fc.property(sequence(), fc.maxSafeInteger(), (seq, n) => {
      expect(BigInt(seqAdd(seq, n))).toBe(modulo(BigInt(seq) + BigInt(n)));
    }),
  );
});

test('seqDiff undoes seqAdd within half the space', () => {
  fc.assert(
    fc.property(sequence(), fc.integer({ min: -(2 ** 31) + 1, max: 2 ** 31 }), (seq, n) => {
      expect(seqDiff(seqAdd(seq, n), seq)).toBe(n);
    }),
  );
});

test.each([
  [0, 0xffff_ffff, 1],
  [0xffff_ffff, 0, -1],
  [5, 0xffff_fffb, 10],
  [0x8000_0000, 0, 0x8000_0000],
  [0, 0x8000_0000, 0x8000_0000],
  [0x8000_0001, 0, -0x7fff_ffff],
  [7, 7, 0],
])('seqDiff(%i, %i) is %i', (a, b, difference) => {
  expect(seqDiff(a, b)).toBe(difference);
});

test('exactly one of before, equal and after holds, and order turns round except at half the space', () => {
  fc.assert(
    fc.property(sequence(), sequence(), (a, b) => {
      expect([seqBefore(a, b), a === b, seqAfter(a, b)].filter(Boolean)).toHaveLength(1);
      if (seqDiff(a, b) !== 2 ** 31) expect(seqBefore(a, b)).toBe(seqAfter(b, a));
    }),
  );
  expect([seqAfter(0, 2 ** 31), seqAfter(2 ** 31, 0)]).toEqual([true, true]);
});

test('seqInWindow agrees with counting from the start', () => {
  fc.assert(
    fc.property(sequence(), sequence(), sequence(), (seq, start, length) => {
      expect(seqInWindow(seq, start, length)).toBe(modulo(BigInt(seq) - BigInt(start)) < BigInt(length));
    }),
  );
});

test.each([
  [0xffff_fffe, 0xffff_fffe, 4, true],
  [1, 0xffff_fffe, 4, true],
  [2, 0xffff_fffe, 4, false],
  [0xffff_fffd, 0xffff_fffe, 4, false],
  [9, 9, 0, false],
])('seqInWindow(%i, %i, %i) across the wrap is %s', (seq, start, length, inside) => {
  expect(seqInWindow(seq, start, length)).toBe(inside);
});

test.each([-1, 2 ** 32, 1.5, Number.NaN, Infinity])('%s is refused as a sequence number', (bad) => {
  expect(() => seqAdd(bad, 1)).toThrow(RangeError);
  expect(() => seqDiff(0, bad)).toThrow(RangeError);
  expect(() => seqBefore(bad, 0)).toThrow(RangeError);
  expect(() => seqAfter(0, bad)).toThrow(RangeError);
  expect(() => seqInWindow(0, 0, bad)).toThrow(RangeError);
});

test.each([0.5, Number.NaN, 2 ** 53])('%s is refused as a step', (step) => {
  expect(() => seqAdd(0, step)).toThrow(RangeError);
});
