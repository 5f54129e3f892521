import { wrap } from '../columns.ts';
import type { LadderHead, LadderRow } from './row.ts';

/** Where the parts of a ladder stand, in the drawing's units, which are pixels when it is drawn at its own size. */
export interface Layout {
  readonly width: number;
  /** Each host's lifeline. */
  readonly columns: readonly number[];
  /** The right edges of the times, and of the ports where they are told. */
  readonly time: number;
  readonly port?: number;
}

/** A row of a ladder and where it stands. */
export interface Placed {
  readonly row: LadderRow;
  readonly top: number;
  readonly bottom: number;
  /** Its words in lines, when it is a note or a gate. */
  readonly lines: readonly string[];
}

/** As wide as a ladder of two hosts needs to be, and as it is drawn when nothing is said. */
export const LEAST_WIDTH = 600;
export const WIDTH = 960;
/** Where the first row begins; above it are the hosts' names. */
export const TOP = 62;
/** A line more of a note. */
export const LINE = 20;
/** From the outer lifelines to the edges, for the states. */
export const MARGIN = 144;
const TIME = 78;
const PORT = 58;
const GAP = 8;
/** Units for each character of a note. */
const CHARACTER = 9.25;
const HEIGHTS: Readonly<Record<LadderRow['kind'], number>> = {
  segment: 36,
  state: 28,
  gate: 24,
  note: 24,
  idle: 40,
};

export function layoutOf({ hosts, hasManyPorts }: LadderHead, width = WIDTH): Layout {
  const first = TIME + (hasManyPorts ? PORT : 0) + MARGIN;
  const room = width - MARGIN - first;
  return {
    width,
    columns: hosts.map((_, n) => first + (hosts.length < 2 ? 0 : (room * n) / (hosts.length - 1))),
    time: TIME - GAP,
    ...(hasManyPorts ? { port: TIME + PORT - GAP } : {}),
  };
}

/** A row below the one before, whose bottom is at `top`. How high it is depends on nothing but itself and the ladder's width. */
export function placeRow(row: LadderRow, top: number, width = WIDTH): Placed {
  const room = Math.floor((width - TIME - 2 * MARGIN) / CHARACTER);
  const lines = 'words' in row ? wrap(row.words, room) : [];
  return { row, top, bottom: top + HEIGHTS[row.kind] + Math.max(lines.length - 1, 0) * LINE, lines };
}

export function placeRows(rows: readonly LadderRow[], width = WIDTH): Placed[] {
  let y = TOP;
  return rows.map((row) => {
    const place = placeRow(row, y, width);
    y = place.bottom;
    return place;
  });
}

/** Those of the placed rows that reach into a stretch from `from` to `to`. */
export function rowsBetween(rows: readonly Placed[], from: number, to: number): readonly Placed[] {
  return rows.slice(
    firstWhere(rows, ({ bottom }) => bottom >= from),
    firstWhere(rows, ({ top }) => top > to),
  );
}

/** Where the rows begin for which it is true, as it is for all behind them. */
function firstWhere(rows: readonly Placed[], isTrue: (row: Placed) => boolean): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isTrue(rows[middle] as Placed)) high = middle;
    else low = middle + 1;
  }
  return low;
}
