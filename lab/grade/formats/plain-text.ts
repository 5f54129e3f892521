/**
 * Everything that may come from a student is text, and is shown as such: a control character, an escape sequence or a change of
 * writing direction must not act on whoever reads it. Each is replaced by something that can be seen.
 */

/** Control and format characters, what has no width, line separators, noncharacters and lone surrogates. */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;
/** Zero-width (non-)joiners are spelling in Persian and in emoji, and variation selectors in emoji. */
const SPELLING = /\u200c|\u200d|[\ufe00-\ufe0f]/;

/** Text in one line: its line ends are seen, too. */
export function oneLine(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(UNSEEN, seen);
}

/** Text whose line ends and tabs stay what they are. */
export function manyLines(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(UNSEEN, (character) => (character === '\n' || character === '\t' ? character : seen(character)));
}

/** Its number; U+FFFD for a lone half of a character, as everywhere. */
function seen(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (SPELLING.test(character)) return character;
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd';
  return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}
