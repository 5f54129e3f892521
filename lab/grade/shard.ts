import { type GradePlan, type PlannedRow, workKey } from './plan.ts';

/**
 * The rows of one shard out of `count`; `index` counts from 1. A function of the set of rows alone, not of their order: the longest
 * come first, those of one length in the order of their keys, which are hashes, and each goes to the shard with the least to do so
 * far. So no shard has more than one run's time more to do than another. Within the shard, the longest come first.
 * @throws RangeError when there is no such shard.
 */
export function shardRows({ header, rows }: GradePlan, index: number, count: number): PlannedRow[] {
  if (!Number.isSafeInteger(count) || !Number.isSafeInteger(index) || index < 1 || index > count)
    throw new RangeError(`there is no shard ${index} of ${count}: they are 1 to ${count}`);
  const lasts = new Map(header.exercises.map(({ number, lastsMs }) => [number, lastsMs]));
  const work = rows
    .map((row) => ({
      row,
      ms: lasts.get(row.exercise.number) ?? 0,
      key: workKey(row, header.suite),
    }))
    .sort((a, b) => b.ms - a.ms || (a.key < b.key ? -1 : 1));
  const loads = Array.from({ length: count }, () => ({ ms: 0, rows: 0 }));
  return work.flatMap(({ row, ms }) => {
    const least = leastLoaded(loads);
    const load = loads[least];
    if (load !== undefined) loads[least] = { ms: load.ms + ms, rows: load.rows + 1 };
    return least === index - 1 ? [row] : [];
  });
}

function leastLoaded(loads: readonly { readonly ms: number; readonly rows: number }[]): number {
  let least = 0;
  for (const [n, { ms, rows }] of loads.entries()) {
    const best = loads[least];
    if (best !== undefined && (ms < best.ms || (ms === best.ms && rows < best.rows))) least = n;
  }
  return least;
}
