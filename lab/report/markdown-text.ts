import { oneLine } from '../grade/formats/plain-text.ts';

/** What is markup wherever it stands. */
const ANYWHERE = /[\\`*[\]<>#|&~$]/g;
/** Emphasis; but between letters, as in SYN_RCVD, it is none. */
const UNDERSCORE = /(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g;
/** What begins a list, a rule or an underlined heading. */
const AT_START = /^[-+=]|(?<=^\d+)[.)](?=\s|$)/;
/** Links, mentions and `:smile:` that are made of plain text. */
const LINKS = /(?<=\bwww)\.|(?<=\b(?:https?|ftp|mailto|xmpp)):|@(?=\S)|:(?=[\w+-]+:)/gi;

/** Text for Markdown in which nothing is markup, in one line. https://github.github.com/gfm/ */
export function markdownText(text: string): string {
  return oneLine(text)
    .trim()
    .replaceAll(ANYWHERE, '\\$&')
    .replaceAll(UNDERSCORE, '\\_')
    .replace(AT_START, '\\$&')
    .replaceAll(LINKS, '\\$&');
}
