/** The width of a page of text, and where things stand on it: time, port, then a column a host. Widths in characters. */
export interface Columns {
  readonly width: number;
  /** Where the first host's column begins. */
  readonly body: number;
  /** Where each host's column begins. */
  readonly starts: readonly number[];
  /** How wide one host's column is. */
  readonly hostWidth: number;
  /** How long an arrow between two hosts is, its text included. */
  readonly arrow: number;
}

const TIME = 8;
const PORT = 7;
const GAP = 2;
/** Han characters, and the punctuation and full-width forms that go with them. */
const WIDE = /[\u3000-\u303f\u4e00-\u9fff\uff00-\uff60]/;
/** An arrow ends a little inside the last host's column, below its states. */
const INTO_LAST = 22;

/** Columns for so many hosts on a page of so many characters. */
export function columnsFor(hosts: number, width: number): Columns {
  const body = TIME + PORT + GAP;
  const hostWidth = Math.floor((width - body - GAP * (hosts - 1)) / Math.max(hosts, 1));
  const starts = Array.from({ length: hosts }, (_, n) => body + n * (hostWidth + GAP));
  return { width, body, starts, hostWidth, arrow: (starts.at(-1) ?? body) - body + INTO_LAST };
}

/** The time and port before every line. */
export function margin(atMs: number, port: number | undefined): string {
  const time = atMs.toFixed(1).padStart(TIME);
  return `${time}${String(port ?? '').padStart(PORT)}${' '.repeat(GAP)}`;
}

/** An arrow with words in it, drawn from left to right or from right to left; longer than `length` when the words are. */
export function arrow(words: string, towards: 'left' | 'right', length: number): string {
  const dashes = '─'.repeat(Math.max(length - words.length - 5, 1));
  return towards === 'right' ? `── ${words} ${dashes}▶` : `◀${dashes} ${words} ──`;
}

/**
 * Text in lines of at most `width` characters, broken between words where that is possible; at least one line. A Chinese character
 * is as wide as two others.
 */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  for (let most = fitting(rest, width); most < rest.length; most = fitting(rest, width)) {
    const space = rest.lastIndexOf(' ', most);
    const at = space > most / 2 ? space : most;
    lines.push(rest.slice(0, at));
    rest = `  ${rest.slice(at).trimStart()}`;
  }
  return [...lines, rest];
}

/** How many of a text's characters a line of `width` takes. */
function fitting(text: string, width: number): number {
  let left = width;
  for (let n = 0; n < text.length; n += 1) {
    left -= WIDE.test(text[n] ?? '') ? 2 : 1;
    if (left < 0) return n;
  }
  return text.length;
}
