import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOfBase64 } from '../../lab/observe/base64.ts';
import { withoutControlSequences } from '../../lab/report/control-sequences.ts';

describe('base64 without Node', () => {
  test('any bytes come back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3_000 }), (bytes) => {
        expect(bytesOfBase64(Buffer.from(bytes).toString('base64'))).toEqual(bytes);
      }),
    );
  });

  test('any text is taken just when it is what Node would write', () => {
    const near = fc.string({
      unit: fc.constantFrom('A', 'Q', 'z', '/', '+', '=', ' ', '-', '\n'),
      maxLength: 9,
    });
    fc.assert(
      fc.property(near, (text) => {
        const bytes = Buffer.from(text, 'base64');
        const isIt = bytes.toString('base64') === text;
        expect(bytesOfBase64(text)).toEqual(isIt ? new Uint8Array(bytes) : undefined);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('what a terminal obeys', () => {
  test.each([
    ['\u001b[1;31mred\u001b[0m', 'red'],
    ['\u001b[2J\u001b[H\u001b[?25lgone', 'gone'],
    ['\u009b31mred', 'red'],
    ['\u001b]0;a title\u0007text', 'text'],
    ['\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\', 'link'],
    ['\u001bP1$r0m\u001b\\text', 'text'],
    ['\u001b(Btext\u001b7\u001bM', 'text'],
    ['no sequence: [1m ]0;', 'no sequence: [1m ]0;'],
  ])('%j is %j', (text, plain) => {
    expect(withoutControlSequences(text)).toBe(plain);
  });

  test('of colours and moves it leaves what Node leaves', () => {
    const sequence = fc
      .tuple(
        fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 4 }),
        fc.constantFrom('m', 'A', 'H', 'J', 'K'),
      )
      .map(([parameters, final]) => `\u001b[${parameters.join(';')}${final}`);
    const word = fc.string({ unit: fc.constantFrom('a', 'm', '1', ';', ' ', '[') });
    fc.assert(
      fc.property(fc.array(fc.oneof(sequence, word)), (parts) => {
        const text = parts.join('');
        expect(withoutControlSequences(text)).toBe(stripVTControlCharacters(text));
      }),
    );
  });

  test('a long line of beginnings does not take long', () => {
    for (const opening of [
      '\u001b]',
      '\u009d',
      '\u001b[',
      '\u009b',
      '\u001b',
      '\u001b]x',
      '\u001b['.padEnd(9, '1;'),
    ]) {
      const began = performance.now();
      withoutControlSequences(opening.repeat(200_000));
      expect(performance.now() - began).toBeLessThan(5_000);
    }
  });
});
