import { type GradePlan, type PlannedRow, workKey } from './plan.ts';
import type { GradeRow } from './row.ts';

/** What a journal says of each piece of work. */
export interface Settled {
  /** By key: its terminal row. The first counts; one that was asked for anew takes its place. */
  readonly rows: ReadonlyMap<string, GradeRow>;
  /** How many terminal rows came after one that counts already, for the same work: left out. */
  readonly duplicates: number;
}

/** A planned row that has no verdict yet. */
export interface ToDo {
  readonly row: PlannedRow;
  readonly key: string;
  /** How often it was tried already. */
  readonly attempts: number;
}

/** The terminal row of each piece of work in a journal's rows, in the journal's order. */
export function settled(rows: Iterable<GradeRow>): Settled {
  const counts = new Map<string, GradeRow>();
  let duplicates = 0;
  for (const row of rows) {
    if (!row.terminal) continue;
    const before = counts.get(row.key);
    if (before === undefined || (row.rerun ?? 0) > (before.rerun ?? 0)) counts.set(row.key, row);
    else duplicates += 1;
  }
  return { rows: counts, duplicates };
}

/** What is still to be done of a plan. */
export function toDo({ header, rows }: GradePlan, journal: readonly GradeRow[]): ToDo[] {
  const { rows: done } = settled(journal);
  const tries = new Map<string, number>();
  for (const { key } of journal) tries.set(key, (tries.get(key) ?? 0) + 1);
  return rows.flatMap((row) => {
    const key = workKey(row, header.suite);
    return done.has(key) ? [] : [{ row, key, attempts: tries.get(key) ?? 0 }];
  });
}
