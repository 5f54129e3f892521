import { tidy } from '../svg.ts';
import type { LadderRow } from './row.ts';

/** A row of a ladder and where it stands, in the drawing's units. */
export interface Placed {
  readonly row: LadderRow;
  readonly top: number;
  readonly bottom: number;
  /** Its words in lines, when it is a note. */
  readonly lines: readonly string[];
}

/** The hosts' lifelines, dotted where time is folded. */
export function lifelinesMarkup(columns: readonly number[], rows: readonly Placed[], top: number): string[] {
  const end = (rows.at(-1)?.bottom ?? top) + 8;
  const folds = rows.filter(({ row }) => row.kind === 'idle');
  const starts = [top - 8, ...folds.map(({ bottom }) => bottom)];
  const ends = [...folds.map((fold) => fold.top), end];
  return columns.flatMap((x) => [
    ...starts.map((from, n) => lifeline(x, from, ends[n] ?? end, '')),
    ...folds.map((fold) => lifeline(x, fold.top, fold.bottom, ' fold')),
  ]);
}

/** A band on a host's lifeline for as long as a gate there is closed. */
export function bandsMarkup(columns: readonly number[], rows: readonly Placed[]): string[] {
  const end = rows.at(-1)?.bottom ?? 0;
  return rows.flatMap(({ row, top }, n) => {
    if (row.kind !== 'gate' || !row.isClosed) return [];
    const { gate, host, ofPort } = row;
    const opens = rows
      .slice(n + 1)
      .find(
        ({ row: later }) =>
          later.kind === 'gate' && later.gate === gate && later.host === host && later.ofPort === ofPort,
      );
    const bottom = opens === undefined ? end : opens.top + 12;
    const x = columns[host] ?? 0;
    return [
      `<rect class="closed" x="${tidy(x - 5)}" y="${top + 12}" width="10" height="${tidy(bottom - top - 12)}"/>`,
    ];
  });
}

function lifeline(x: number, from: number, to: number, more: string): string {
  return `<line class="lifeline${more}" x1="${tidy(x)}" y1="${tidy(from)}" x2="${tidy(x)}" y2="${tidy(to)}"/>`;
}
