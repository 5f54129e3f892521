/** Readers of the formats, stricter or more careless than those that will read them: an attack must fail with both. */

/** RFC 4180 to the letter: every row ends in CRLF, and a quote stands only around or doubled within a quoted field. */
export function strictCsv(text: string): string[][] {
  const rows: string[][] = [];
  let rest = text.replace(/^\uFEFF/, '');
  while (rest !== '') {
    const row: string[] = [];
    for (;;) {
      const [all, quoted, bare, end] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest) ?? [];
      if (all === undefined) throw new Error(`no CSV: ${JSON.stringify(rest.slice(0, 80))}`);
      row.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
      rest = rest.slice(all.length);
      if (end !== ',') break;
    }
    rows.push(row);
  }
  return rows;
}

/** Every piece that some spreadsheet could take for a cell: divided at any of these, inside of quotes, too. */
export function carelessCells(text: string): string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/[\r\n]+|[,;\t]/)
    .map((cell) => cell.replaceAll(/^[\s"]+/g, ''));
}

/** The elements and attributes of a page or an XML file, without any text: what an attack would have to change. */
export function skeleton(markup: string): string[] {
  const parts = markup.split(/(<[^>]*>)/);
  return parts.flatMap((part, n) => {
    if (n % 2 === 0) {
      if (/[<>]/.test(part)) throw new Error(`a stray bracket: ${part.slice(0, 80)}`);
      const stray = /&(?!(amp|lt|gt|quot|#39);)/.exec(part);
      if (stray) throw new Error(`a stray &: ${part.slice(stray.index, stray.index + 20)}`);
      return [];
    }
    const tag = part.replaceAll(/="[^"]*"/g, '=');
    if (!/^<(\/?[a-z0-9]+( [a-zA-Z0-9-]+=)*\/?|!doctype html|\?xml version= encoding=\?)>$/.test(tag))
      throw new Error(`a strange tag: ${part.slice(0, 200)}`);
    return [tag];
  });
}

/** The punctuation of Markdown outside of preformatted text, without character references: what could mean something in it. */
export function markdownSigns(text: string): string {
  return text
    .replaceAll(/<pre>[^<]*<\/pre>/g, '<pre>')
    .replaceAll(/&#\d+;/g, '')
    .replaceAll(/[^!-/:-@[-`{-~\n]|[,;?/%']/g, '');
}

/** Ranges of characters that must not be in any file: they act on a terminal, a direction, or a parser. */
const UNSEEN = [
  [0x00, 0x08],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x61c, 0x61c],
  [0x200b, 0x200b],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xd800, 0xdfff],
  [0x3164, 0x3164],
  [0xfeff, 0xfeff],
  [0xfff9, 0xfffb],
  [0xfffe, 0xffff],
  [0xe0000, 0xe007f],
] as const;

/** The numbers of such characters in a text. */
export function unseen(text: string): number[] {
  const codes = new Set(Array.from(text, (character) => character.codePointAt(0) ?? 0));
  return [...codes].filter((code) => UNSEEN.some(([from, to]) => code >= from && code <= to));
}
