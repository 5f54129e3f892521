import { readJournal } from './journal-lines.ts';
import { type GradePlan, type PlannedRow, workKey } from './plan.ts';
import { type GradeRow, rowLine } from './row.ts';
import { settled } from './settled.ts';

/** A journal's rows, and the name that a message calls it by. */
export interface NamedRows {
  readonly name: string;
  readonly rows: readonly GradeRow[];
}

export interface Merged {
  /** The terminal row of every planned one, in the plan's order. */
  readonly rows: readonly GradeRow[];
  /** How many terminal rows were left out because there was one already. */
  readonly duplicates: number;
  /** How many rows are of no planned work, such as of an older version of the checks: left out. */
  readonly foreign: number;
}

/** Not every planned row has exactly one terminal row. */
export class MergeError extends Error {
  override readonly name = 'MergeError';
  readonly code = 'incomplete';
  /** Planned rows that nobody has judged to the end. */
  readonly missing: readonly PlannedRow[];
  /** Planned rows that two journals say different things of, with the journals' names. */
  readonly conflicts: readonly { readonly row: PlannedRow; readonly journals: readonly string[] }[];

  constructor(missing: MergeError['missing'], conflicts: MergeError['conflicts']) {
    const sentences = [
      ...(missing.length === 0
        ? []
        : [
            `${rowsHave(missing.length)} no verdict: ${some(missing.map(rowName))}. Run the shards they are in`,
          ]),
      ...(conflicts.length === 0
        ? []
        : [
            `${rowsHave(conflicts.length)} two: ${some(conflicts.map(({ row, journals }) => `${rowName(row)} (${journals.join(', ')})`))}. Leave one of the journals out`,
          ]),
    ];
    super(`${sentences.join('. ')}.`);
    this.missing = missing;
    this.conflicts = conflicts;
  }
}

/**
 * Puts the journals of a plan's shards together. Their order does not matter. Within one journal the first terminal row of a piece of
 * work counts, as everywhere; the same row in two journals is one row.
 * @throws MergeError unless every planned row has exactly one terminal row.
 */
export function mergeRows({ header, rows: planned }: GradePlan, journals: readonly NamedRows[]): Merged {
  const keys = planned.map((row) => workKey(row, header.suite));
  const wanted = new Set(keys);
  const found = new Map<string, { readonly row: GradeRow; readonly from: string }[]>();
  let duplicates = 0;
  for (const { name, rows } of journals) {
    const each = settled(rows);
    duplicates += each.duplicates;
    for (const [key, row] of each.rows) {
      const others = found.get(key) ?? [];
      const same = others.find((other) => rowLine(other.row) === rowLine(row));
      if (same === undefined) found.set(key, [...others, { row, from: name }]);
      else duplicates += 1;
    }
  }
  const missing: PlannedRow[] = [];
  const conflicts: { row: PlannedRow; journals: string[] }[] = [];
  const merged = planned.flatMap((row, n) => {
    const all = found.get(keys[n] ?? '') ?? [];
    const latest = Math.max(...all.map((each) => each.row.rerun ?? 0));
    const [first, second] = all.filter((each) => (each.row.rerun ?? 0) === latest);
    if (first === undefined) missing.push(row);
    else if (second !== undefined) conflicts.push({ row, journals: [first.from, second.from].sort() });
    else duplicates += all.length - 1;
    return first === undefined ? [] : [first.row];
  });
  if (missing.length > 0 || conflicts.length > 0) throw new MergeError(missing, conflicts);
  const foreign = journals.flatMap(({ rows }) => rows).filter(({ key }) => !wanted.has(key)).length;
  return { rows: merged, duplicates, foreign };
}

/** The same for journals in files. @throws MergeError, JournalError */
export function mergeJournals(plan: GradePlan, paths: readonly string[]): Merged {
  return mergeRows(
    plan,
    paths.map((path) => ({ name: path, rows: readJournal(path) })),
  );
}

/** The text of a journal of these rows. */
export function journalText(rows: readonly GradeRow[]): string {
  return rows.map(rowLine).join('');
}

function rowsHave(count: number): string {
  return count === 1 ? '1 planned row has' : `${count} planned rows have`;
}

function rowName({ student, exercise }: PlannedRow): string {
  return `exercise ${exercise.number} of ${JSON.stringify(student.slice(0, 80))}`;
}

function some(names: readonly string[]): string {
  return names.length <= 5
    ? names.join(', ')
    : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;
}
