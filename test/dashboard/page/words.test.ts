import { expect, test } from 'vitest';
import { firstLanguage, WORDS } from '../../../lab/dashboard/page/words.ts';

test.each([
  [null, 'en-GB', 'en'],
  [null, 'zh-CN', 'zh'],
  [null, 'ZH', 'zh'],
  [null, 'de', 'en'],
  ['en', 'zh-CN', 'en'],
  ['zh', 'en', 'zh'],
  ['xx', 'en', 'en'],
])('chosen %s in a browser of %s is %s', (chosen, browser, language) => {
  expect(firstLanguage(chosen, browser)).toBe(language);
});

/** Every text of a language behind its name, functions with what they make of one argument after another. */
function textsOf(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([name, value]: [string, unknown]): [string, string][] => {
    const at = `${path}.${name}`;
    if (typeof value === 'string') return [[at, value]];
    if (typeof value === 'function')
      return [[at, String((value as (...args: string[]) => unknown)('one', 'two', '3'))]];
    return textsOf(value as object, at);
  });
}

test('no text is empty in one language, and states and segments have the same names in both', () => {
  const chinese = new Map(textsOf(WORDS.zh));
  for (const [name, english] of textsOf(WORDS.en)) {
    const text = chinese.get(name) ?? '';
    expect(text, name).not.toBe('');
    const names = (words: string) => new Set(words.match(/\b[A-Z][A-Z]+(_[A-Z0-9]+)+\b/g));
    expect(names(text), name).toEqual(names(english));
  }
});
