import { oneLine } from '../../grade/formats/plain-text.ts';

/** What may stand in a text of Mermaid as it is. A word of its grammar (`end`) may not. */
const PLAIN = /[A-Za-z0-9 ._+,→…✕×()-]/u;
const WORDS = /\bend\b/gi;

/**
 * Text for a message, a note or a label: whatever could be syntax is written as a character code.
 * https://mermaid.js.org/syntax/sequenceDiagram.html#entity-codes-to-escape-characters
 */
export function mermaidText(text: string): string {
  const whole = Array.from(oneLine(text))
    .map((character) => (PLAIN.test(character) ? character : code(character)))
    .join('');
  return whole.replaceAll(WORDS, (word) => code(word[0] ?? '') + word.slice(1)).trim() || code(' ');
}

function code(character: string): string {
  return `#${character.codePointAt(0) ?? 0};`;
}
