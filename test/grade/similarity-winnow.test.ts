import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokensOf } from '../../lab/grade/similarity/tokens.ts';
import { GRAM, gramHashes, WINDOW, winnow } from '../../lab/grade/similarity/winnow.ts';

const nothing = (): boolean => false;
const codes = fc.array(fc.nat(5), { maxLength: 80 });

describe('winnowing', () => {
  test('finds every common passage of GRAM + WINDOW - 1 tokens, wherever it is', () => {
    const length = GRAM + WINDOW - 1;
    const passage = fc.array(fc.nat(200), { minLength: length, maxLength: length });
    fc.assert(
      fc.property(passage, codes, codes, codes, codes, (common, a, b, c, d) => {
        const [first, second] = [
          [...a, ...common, ...b],
          [...c, ...common, ...d],
        ].map(
          (all) => new Set(winnow(gramHashes(all), nothing).map((position) => gramHashes(all)[position])),
        );
        expect(first?.intersection(second ?? new Set()).size).toBeGreaterThan(0);
      }),
    );
  });

  test('keeps of each window the last of its smallest', () => {
    const hash = fc.nat(20);
    fc.assert(
      fc.property(
        fc.array(hash, { minLength: 1, maxLength: 60 }),
        fc.array(hash, { maxLength: 3 }),
        (hashes, stripped) => {
          const counts = (value: number): boolean => !stripped.includes(value);
          const naive = new Set<number>();
          for (let start = 0; start === 0 || start + WINDOW <= hashes.length; start += 1) {
            const window = hashes.slice(start, start + WINDOW);
            const smallest = Math.min(...window.filter(counts));
            if (smallest < Number.POSITIVE_INFINITY) naive.add(start + window.lastIndexOf(smallest));
          }
          const kept = winnow(hashes, (value) => !counts(value));
          expect(kept).toEqual([...naive].sort((a, b) => a - b));
        },
      ),
    );
  });

  test('no gram lies in two files', () => {
    const file = Array.from({ length: GRAM }, (_, n) => n);
    const hashes = gramHashes([...file, -1, ...file]);
    expect(hashes.filter((hash) => hash >= 0)).toHaveLength(2);
    expect(hashes[0]).toBe(hashes.at(-1));
  });
});

describe('tokens', () => {
  test.each([
    ['names', 'const a = b', 'let x = y'.replace('let', 'const')],
    ['numbers', 'f(1, 0xff, 1_000n)', 'f(2, 3, 4)'],
    ['strings', `f('a', "it's")`, `f("b", '')`],
    ['strings with what looks like a comment', `f('// no', 1)`, `f('/* no */', 1)`],
    ['comments and semicolons', 'a /* b */ = c; // d', 'a\n=\nc'],
    ['regular expressions', 'f(/[/"]x/g, 1)', 'f(/y/, 1)'],
    ['escapes', String.raw`f('\'', 1)`, 'f("", 1)'],
    ['parts of templates', `f(\`a\${b + \`c\${d}\`}e\`)`, `f(\`\${b + \`x\${d}y\`}\`)`],
    ['objects in templates', `f(\`\${{ a: { b } }}\`, "}")`, `f(\`x\${{ a: { b } }}y\`, "")`],
    ['a byte order mark and CRLF', '\ufeffa = b\r\n', 'a = b\n'],
  ])('%s are folded', (_, first, second) => {
    expect(tokensOf(first).codes).toEqual(tokensOf(second).codes);
  });

  test.each([
    ['operators', 'a === b', 'a == b'],
    ['keywords', 'const a = b', 'let a = b'],
    ['types', 'const a: string = b', 'const a = b'],
    ['a division and a regular expression', 'a / b / c', 'a + /b/ + c'],
    ['code and a string of it', 'f(a + b)', "f('a + b')"],
  ])('%s are told apart', (_, first, second) => {
    expect(tokensOf(first).codes).not.toEqual(tokensOf(second).codes);
  });

  test('have the line they begin on', () => {
    const { lines } = tokensOf(`a\n/*\n\n*/ b \`\n\n\${c}\n\` d`);
    expect(lines).toEqual([1, 4, 4, 6, 6, 7]);
  });

  test('whatever the text is, its tokens are had, in the order of their lines', () => {
    const piece = fc.constantFrom(
      '`',
      '${',
      '}',
      '{',
      "'",
      '"',
      '/',
      '*',
      '\\',
      '\n',
      'a',
      '1',
      ' ',
      '[',
      ']',
      '\u2028',
      '\ud800',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const { codes, lines } = tokensOf(pieces.join(''));
        expect(lines).toHaveLength(codes.length);
        expect(lines).toEqual(lines.toSorted((a, b) => a - b));
      }),
    );
  });
});
