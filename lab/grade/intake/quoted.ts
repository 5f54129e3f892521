/** Names are cut behind so many characters, counted as Unicode code points. */
const LONGEST = 80;

/**
 * A name from a submission in a sentence for people: control, format and direction characters are written out as `\u{202e}`, and
 * what is too long is cut. Markup is for whoever draws the sentence.
 */
export function quoted(name: string): string {
  const start = Array.from(name).slice(0, LONGEST).join('');
  const cut = start === name ? name : `${start}…`;
  return cut.replace(
    /[\p{C}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
