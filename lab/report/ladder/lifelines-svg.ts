import { tidy } from '../svg.ts';
import type { Placed } from './place.ts';

/** A part of a ladder from top to bottom. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The hosts' lifelines in a stretch, dotted where time is folded. @param rows those in the stretch */
export function lifelinesMarkup(
  columns: readonly number[],
  rows: readonly Placed[],
  { from, to }: Stretch,
): string[] {
  const folds = rows.filter(({ row }) => row.kind === 'idle');
  const starts = [from, ...folds.map(({ bottom }) => bottom)];
  const ends = [...folds.map(({ top }) => top), to];
  return columns.flatMap((x) => [
    ...starts.flatMap((start, n) => {
      const end = ends[n] ?? to;
      return start < end ? [lifeline(x, start, end, '')] : [];
    }),
    ...folds.map((fold) => lifeline(x, fold.top, fold.bottom, ' fold')),
  ]);
}

/**
 * A band on a host's lifeline for as long as a gate there is closed, as much of it as is in a stretch.
 * @param gates the placed rows of all gates of the ladder
 * @param end where the ladder ends
 */
export function bandsMarkup(
  columns: readonly number[],
  gates: readonly Placed[],
  end: number,
  { from, to }: Stretch,
): string[] {
  return gates.flatMap(({ row, top }, n) => {
    if (row.kind !== 'gate' || !row.isClosed) return [];
    const { gate, host, ofPort } = row;
    const opens = gates
      .slice(n + 1)
      .find(
        ({ row: later }) =>
          later.kind === 'gate' && later.gate === gate && later.host === host && later.ofPort === ofPort,
      );
    const start = Math.max(top + 12, from);
    const bottom = Math.min(opens === undefined ? end : opens.top + 12, to);
    if (bottom <= start) return [];
    const x = columns[host] ?? 0;
    return [
      `<rect class="closed" x="${tidy(x - 5)}" y="${tidy(start)}" width="10" height="${tidy(bottom - start)}"/>`,
    ];
  });
}

function lifeline(x: number, from: number, to: number, more: string): string {
  return `<line class="lifeline${more}" x1="${tidy(x)}" y1="${tidy(from)}" x2="${tidy(x)}" y2="${tidy(to)}"/>`;
}
