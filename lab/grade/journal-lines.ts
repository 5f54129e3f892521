import { closeSync, openSync, readSync } from 'node:fs';
import { FieldError } from '../observe/fields.ts';
import { type GradeRow, parseRow } from './row.ts';

/** A whole line of a journal is no row: not what a kill leaves, so nobody but a person may mend it. `line` counts from 1. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
  readonly code: 'not-json' | 'field' | 'locked';
  readonly path: string;

  constructor(code: JournalError['code'], path: string, sentence: string, cause?: unknown) {
    super(`${path}: ${sentence}`, { cause });
    this.code = code;
    this.path = path;
  }
}

const CHUNK = 1 << 20;
const LINE_END = 0x0a;

/** Each whole line of a journal, with the number of bytes up to its end. What follows the last line end is a torn line: left out. */
function* journalLines(fd: number): Generator<{ readonly text: string; readonly endsAt: number }> {
  const chunk = Buffer.alloc(CHUNK);
  let parts: Buffer[] = [];
  let position = 0;
  for (;;) {
    const length = readSync(fd, chunk, 0, CHUNK, position);
    if (length === 0) return;
    let from = 0;
    for (;;) {
      const end = chunk.subarray(0, length).indexOf(LINE_END, from);
      if (end === -1) break;
      const text = Buffer.concat([...parts, chunk.subarray(from, end)]).toString('utf8');
      parts = [];
      from = end + 1;
      yield { text, endsAt: position + from };
    }
    if (from < length) parts.push(Buffer.from(chunk.subarray(from, length)));
    position += length;
  }
}

/** The rows of an open journal, and how many bytes of it are whole lines. @throws JournalError */
export function readRows(fd: number, path: string): { readonly rows: GradeRow[]; readonly bytes: number } {
  const rows: GradeRow[] = [];
  let bytes = 0;
  let number = 0;
  for (const { text, endsAt } of journalLines(fd)) {
    number += 1;
    rows.push(readRow(text, number, path));
    bytes = endsAt;
  }
  return { rows, bytes };
}

/**
 * The rows of a journal, also while another process writes to it: a line that is not finished yet is left out.
 * @throws JournalError, and what Node says of a file that cannot be read.
 */
export function readJournal(path: string): GradeRow[] {
  const fd = openSync(path, 'r');
  try {
    return readRows(fd, path).rows;
  } finally {
    closeSync(fd);
  }
}

function readRow(text: string, line: number, path: string): GradeRow {
  try {
    return parseRow(text);
  } catch (error) {
    const advice = 'Mend or remove that line, and its row is judged anew';
    if (error instanceof SyntaxError)
      throw new JournalError('not-json', path, `line ${line} is no JSON: ${error.message}. ${advice}`, error);
    if (error instanceof FieldError)
      throw new JournalError('field', path, `line ${line}: ${error.message}. ${advice}`, error);
    throw error;
  }
}
