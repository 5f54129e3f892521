import { MOST_ATTEMPTS, type Try } from '../job.ts';
import { type GradePlan, type PlannedRow, workKey } from '../plan.ts';
import type { GradeRow } from '../row.ts';
import { settled } from '../settled.ts';
import { jobId } from './names.ts';

/** A planned row on its way to a verdict. */
export interface Entry extends Required<Try> {
  /** Its job's name in the queue. */
  readonly id: string;
  readonly row: PlannedRow;
  readonly key: string;
  /** The try that comes next, or is under way. */
  attempt: number;
  /** The workers that failed at it. */
  readonly avoid: string[];
  state: 'todo' | 'queued' | 'settled';
}

/** What is still to be done of a plan, by what the journal says. */
export class Ledger {
  readonly #entries = new Map<string, Entry>();
  /** The rows that the journal has, each in a word. */
  readonly #written = new Set<string>();
  readonly #todo: Entry[] = [];
  #open = 0;

  /** @param again the keys of settled work that a person wants judged anew */
  constructor(
    { header, rows }: GradePlan,
    journal: readonly GradeRow[],
    again: ReadonlySet<string> = new Set(),
  ) {
    const verdicts = settled(journal).rows;
    const lasts = new Map(header.exercises.map(({ number, lastsMs }) => [number, lastsMs]));
    const tries = new Map<string, number>();
    for (const row of journal) {
      this.#written.add(inAWord(row));
      tries.set(jobId(row), (tries.get(jobId(row)) ?? 0) + 1);
    }
    for (const row of rows) {
      const key = workKey(row, header.suite);
      const verdict = verdicts.get(key);
      const isWanted = verdict === undefined || again.has(key);
      const rerun = (verdict?.rerun ?? 0) + (verdict !== undefined && isWanted ? 1 : 0);
      const id = jobId({ key, rerun });
      const attempt = Math.min((tries.get(id) ?? 0) + 1, MOST_ATTEMPTS);
      const entry: Entry = {
        id,
        row,
        key,
        rerun,
        attempt,
        avoid: [],
        state: 'settled',
      };
      this.#entries.set(entry.id, entry);
      if (isWanted) this.again(entry);
    }
    this.#open = this.#todo.length;
    // What takes longest comes first, so that nobody waits for it at the end.
    this.#todo.sort(
      (a, b) => (lasts.get(b.row.exercise.number) ?? 0) - (lasts.get(a.row.exercise.number) ?? 0),
    );
  }

  get planned(): number {
    return this.#entries.size;
  }

  /** How many planned rows have no verdict yet. */
  get open(): number {
    return this.#open;
  }

  /** The entry of a job; undefined when it is none of this plan. */
  of(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  queued(): Entry[] {
    return [...this.#entries.values()].filter(({ state }) => state === 'queued');
  }

  /** The next one to be put into the queue. */
  next(): Entry | undefined {
    return this.#todo.shift();
  }

  /** Puts an entry to those that are to be queued. */
  again(entry: Entry): void {
    entry.state = 'todo';
    this.#todo.push(entry);
  }

  /** Whether the journal has this very row. */
  has(row: GradeRow): boolean {
    return this.#written.has(inAWord(row));
  }

  /** Notes a row that has come into the journal. @returns whether it is the verdict */
  written(entry: Entry, row: GradeRow): boolean {
    this.#written.add(inAWord(row));
    entry.attempt = Math.max(entry.attempt, row.attempt + 1);
    if (!row.terminal) return false;
    entry.state = 'settled';
    this.#open -= 1;
    return true;
  }
}

function inAWord({ key, rerun = 0, attempt, worker, startedAt, seed }: GradeRow): string {
  return JSON.stringify([key, rerun, attempt, worker, startedAt, seed]);
}
