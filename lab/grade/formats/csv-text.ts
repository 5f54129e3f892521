import { oneLine } from './plain-text.ts';

/** A number, or text that is never taken for a formula; null is an empty cell. */
export type Cell = string | number | null;

/** What a formula begins with, also in the wide forms that Excel takes in Japanese. */
const FORMULA = '[=+\\-@\uff1d\uff0b\uff0d\uff20]';
/** After a semicolon, comma or quote, too: a spreadsheet that divides at another sign begins a cell there. */
const BEGINS_CELL = new RegExp(`(^|[;,"'])(\\s*)(?=${FORMULA})`, 'gu');

/**
 * Rows as comma-separated values: RFC 4180, with every text in quotes and CRLF as line end. A text that a spreadsheet would take for
 * a formula gets an apostrophe before it. https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = oneLine(cell).replace(BEGINS_CELL, "$1$2'");
  return `"${text.replaceAll('"', '""')}"`;
}
