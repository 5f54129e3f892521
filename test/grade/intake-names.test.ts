import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digestOf } from '../../lab/grade/intake/digest.ts';
import { quoted } from '../../lab/grade/intake/quoted.ts';
import { storeName, studentOf } from '../../lab/grade/intake/store-name.ts';

/** What a file can be called, in well-formed Unicode. */
const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  .filter((text) => text.isWellFormed());

test('a name in the store is safe, and leads back to its student', () => {
  fc.assert(
    fc.property(name, (student) => {
      const stored = storeName(student);
      expect(stored).toMatch(/^[a-z0-9_+%-][a-z0-9._+%~-]*$/);
      expect(stored.length).toBeLessThan(220);
      expect(stored.endsWith('.')).toBe(false);
      if (!stored.includes('~')) expect(studentOf(stored)).toBe(student);
    }),
  );
});

test('two students never share a name, not even where case does not count', () => {
  fc.assert(
    fc.property(name, name, (a, b) => {
      for (const [one, other] of [
        [a, b],
        [a, a.toUpperCase()],
        [a.normalize('NFC'), a.normalize('NFD')],
      ] as const)
        expect(storeName(one).toLowerCase() === storeName(other).toLowerCase()).toBe(one === other);
    }),
  );
});

test.each([
  ['ada', 'ada'],
  ['Ada Lovelace', '+ada%20+lovelace'],
  ['..', '%2e%2e'],
  ['.hidden', '%2ehidden'],
  ['a.', 'a%2e'],
  ['con.txt', '%63on.txt'],
  ['é', '%c3%a9'],
  ['e\u0301', 'e%cc%81'],
  ['a+b', 'a%2bb'],
  ['a~b', 'a%7eb'],
])('%j is %s', (student, stored) => {
  expect(storeName(student)).toBe(stored);
});

test('a long name is cut, and still its own', () => {
  const [a, b] = ['a', 'b'].map((end) => storeName('山'.repeat(80) + end));
  expect(a).toMatch(/~[0-9a-f]{16}$/);
  expect(a).not.toBe(b);
  expect(studentOf(a ?? '')).toBeUndefined();
});

test('names that are none of ours have no student', () => {
  for (const stored of ['Ada', '.new-x', '%zz', '%ff', '%41da', 'con', 'a b', ''])
    expect(studentOf(stored)).toBeUndefined();
});

test('a digest depends on names and contents, and not on their order', () => {
  const file = (path: string, text: string): { path: string; content: Buffer } => ({
    path,
    content: Buffer.from(text),
  });
  const digest = digestOf([file('a.ts', 'x'), file('b.ts', 'y')]);
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(digestOf([file('b.ts', 'y'), file('a.ts', 'x')])).toBe(digest);
  const others = [
    [file('a.ts', 'y'), file('b.ts', 'x')],
    [file('a.ts', 'x')],
    [file('a.ts', 'x'), file('b.ts', 'y'), file('c.ts', '')],
    [file('a.ts', 'xb.ts\u00001\u0000y')],
  ].map(digestOf);
  expect(new Set([digest, ...others]).size).toBe(5);
});

test('a name in a sentence has nothing in it that a terminal or a reader obeys', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      expect(quoted(text)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    }),
  );
  expect(quoted('\u001b[31m\u202ex')).toBe('\\u{1b}[31m\\u{202e}x');
});
