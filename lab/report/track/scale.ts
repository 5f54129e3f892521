/** A stretch of time in which nothing changes, drawn shorter than it was. Times in milliseconds, places in the drawing's units. */
export interface Fold {
  readonly fromMs: number;
  readonly toMs: number;
  readonly from: number;
  readonly to: number;
}

/** Where moments stand on an axis. */
export interface Scale {
  readonly place: (atMs: number) => number;
  readonly folds: readonly Fold[];
}

/** A gap shorter than this is not worth folding, in milliseconds. */
const FOLD_MS = 20;
/** How wide the shortest time that matters should be. */
const LEGIBLE = 26;
/** The clock of a timeline tells no less. */
const LEAST_MS = 1e-6;
/** Folded time may take half of the axis at most, and so much a fold. */
const FOLD_WIDTH = 90;

/**
 * An axis for the moments at which something changes, from `from` to `to`. Between them time runs evenly; the longest times in
 * which nothing changes are folded, as many as it takes until the shortest time that matters can be seen.
 * @param shortestMs that time; nothing is folded when there is none
 */
export function foldedScale(
  moments: readonly number[],
  from: number,
  to: number,
  shortestMs = Number.POSITIVE_INFINITY,
): Scale {
  const sorted = [...new Set(moments)].sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((toMs, n) => ({ fromMs: sorted[n] ?? toMs, toMs }));
  const room = to - from;
  const longest = gaps.toSorted((a, b) => lengthOf(b) - lengthOf(a));
  /** What is left of the time when so many are folded; summed from the shortest on, so that nothing is lost beside long ones. */
  const left = [0];
  for (const gap of longest.toReversed()) left.unshift((left[0] ?? 0) + lengthOf(gap));
  const widths = (folds: number): { fold: number; perMs: number } => {
    const runs = (left[folds] ?? 0) >= LEAST_MS;
    const fold = Math.min(FOLD_WIDTH, (runs ? room / 2 : room) / Math.max(folds, 1));
    return { fold, perMs: runs ? (room - fold * folds) / (left[folds] ?? 1) : 0 };
  };
  let count = 0;
  while (widths(count).perMs * shortestMs < LEGIBLE && isLong(longest[count])) count += 1;
  const folded = new Set(longest.slice(0, count));
  const { fold: foldWidth, perMs } = widths(count);
  const places = new Map<number, number>([[sorted[0] ?? 0, from]]);
  const folds: Fold[] = [];
  let at = from;
  for (const gap of gaps) {
    const start = at;
    at += folded.has(gap) ? foldWidth : (gap.toMs - gap.fromMs) * perMs;
    places.set(gap.toMs, at);
    if (folded.has(gap)) folds.push({ ...gap, from: start, to: at });
  }
  return { folds, place: (atMs) => places.get(atMs) ?? between(atMs, sorted, places, from) };
}

function isLong(gap: Pick<Fold, 'fromMs' | 'toMs'> | undefined): boolean {
  return gap !== undefined && lengthOf(gap) >= FOLD_MS;
}

function lengthOf({ fromMs, toMs }: Pick<Fold, 'fromMs' | 'toMs'>): number {
  return toMs - fromMs;
}

function between(
  atMs: number,
  sorted: readonly number[],
  places: ReadonlyMap<number, number>,
  from: number,
): number {
  const n = sorted.findIndex((moment) => moment > atMs);
  const [before, after] = n < 1 ? [sorted[0], sorted[0]] : [sorted[n - 1], sorted[n]];
  if (n < 0) return places.get(sorted.at(-1) ?? 0) ?? from;
  if (before === undefined || after === undefined || before === after) return from;
  const [left, right] = [places.get(before) ?? from, places.get(after) ?? from];
  return left + ((right - left) * (atMs - before)) / (after - before);
}
