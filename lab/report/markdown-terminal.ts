/** What a piece of text is, for colouring. */
export type MarkdownRole = 'heading' | 'strong' | 'code';

export interface MarkdownOptions {
  /** Characters a line should have at most; code is never broken. */
  readonly width: number;
  /** Colours a piece of text; it must not change how wide it is. */
  readonly paint: (role: MarkdownRole, text: string) => string;
}

/**
 * Markdown for a terminal: the part of it that the exercises' texts use, which is headings, paragraphs, lists, tables, fenced
 * code, and `code`, **strong**, *emphasis* and links in a line. Comments are left out.
 */
export function terminalMarkdown(markdown: string, options: MarkdownOptions): string {
  const lines = markdown.replaceAll(/^<!-- .*? -->\n?/gm, '').split('\n');
  const blocks: string[][] = [];
  while (lines.length > 0) {
    const [first = ''] = lines;
    if (first.trim() === '') lines.shift();
    else if (first.startsWith('```')) blocks.push(code(lines, options));
    else if (first.startsWith('#')) blocks.push(heading(lines, options));
    else if (first.startsWith('|')) blocks.push(table(lines, options));
    else blocks.push(paragraph(lines, options));
  }
  return blocks.map((block) => block.join('\n')).join('\n\n');
}

function heading(lines: string[], { paint }: MarkdownOptions): string[] {
  const text = (lines.shift() ?? '').replace(/^#+ /, '');
  return [paint('heading', text)];
}

function code(lines: string[], { paint }: MarkdownOptions): string[] {
  lines.shift();
  const text: string[] = [];
  while (lines.length > 0 && lines[0]?.startsWith('```') === false) text.push(lines.shift() as string);
  lines.shift();
  return text.map((line) => (line === '' ? '' : `    ${paint('code', line)}`));
}

function table(lines: string[], options: MarkdownOptions): string[] {
  const rows: string[][] = [];
  while (lines[0]?.startsWith('|') === true) {
    const cells = (lines.shift() as string).replace(/^\||\|$/g, '').split('|');
    rows.push(cells.map((cell) => cell.trim()));
  }
  const [head = [], , ...body] = rows;
  const widths = head.map((_, n) => Math.max(...[head, ...body].map((row) => plain(row[n] ?? '').length)));
  const line = (row: readonly string[], bold: boolean): string =>
    `  ${row.map((cell, n) => pad(cell, widths[n] ?? 0, bold, options)).join('  ')}`.trimEnd();
  return [line(head, true), ...body.map((row) => line(row, false))];
}

function pad(cell: string, width: number, bold: boolean, options: MarkdownOptions): string {
  const text = bold ? options.paint('heading', plain(cell)) : inline(cell, options);
  return text + ' '.repeat(width - plain(cell).length);
}

const ITEM = /^( *)([-*]|\d+\.) +/;

/** A paragraph, or one item of a list: its lines are joined, and broken where this terminal ends. */
function paragraph(lines: string[], options: MarkdownOptions): string[] {
  const out: string[] = [];
  while (lines.length > 0 && !/^(\s*$|```|#|\|)/.test(lines[0] ?? '')) {
    const first = lines.shift() as string;
    const item = ITEM.exec(first);
    const indent = item?.[1] ?? '';
    const bullet = item === null ? '' : `${item[2] === '*' ? '-' : item[2]} `;
    const words = [first.slice(item?.[0].length ?? 0)];
    while (lines.length > 0 && !/^(\s*$|```|#|\|)/.test(lines[0] ?? '') && !ITEM.test(lines[0] ?? ''))
      words.push((lines.shift() as string).trim());
    const hanging = indent + ' '.repeat(bullet.length);
    const text = filled(words.join(' '), options.width - hanging.length);
    out.push(...text.map((line, n) => `${n === 0 ? indent + bullet : hanging}${inline(line, options)}`));
  }
  return out;
}

/** Words in lines, broken where they fit without their marks; what stands between backticks stays together. */
function filled(text: string, width: number): string[] {
  const words = text.match(/(?:`[^`]*`|\*\*[^*]+\*\*|\S)+/g) ?? [];
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && plain(longer).length > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

const LINK = /\[([^\]]+)\]\(([^)]+)\)/g;
const MARKS = /`([^`]+)`|\*\*([^*]+)\*\*|(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])/g;

function inline(text: string, { paint }: MarkdownOptions): string {
  return text
    .replaceAll(LINK, '$1 ($2)')
    .replaceAll(MARKS, (_, code?: string, strong?: string, emphasis?: string) =>
      code !== undefined ? paint('code', code) : paint('strong', strong ?? emphasis ?? ''),
    );
}

/** The text without its marks, as wide as it will be shown. */
function plain(text: string): string {
  return inline(text, { width: 0, paint: (_role, words) => words });
}
