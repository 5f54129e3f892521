import type { Queue, Job as QueueJob } from 'bullmq';
import { FieldError } from '../../observe/fields.ts';
import type { Journal } from '../journal.ts';
import { type GradeRow, parseRow } from '../row.ts';
import { infraRow } from './infra-row.ts';
import type { Entry, Ledger } from './ledger.ts';

/** So many finished jobs are looked at together. */
const PAGE = 16;

/** Why BullMQ itself ends a job: every worker that took it was gone before it was done. */
const STALLED = /stalled/;

/** Redis had no room for the result, or no disk: nobody has failed. */
const REDIS_TROUBLE = /OOM|MISCONF|READONLY|onnection is closed/;

/** Brings what is finished in Redis into the journal, and only then takes it out of Redis. */
export class Collector {
  readonly #queue: Queue;
  readonly #journal: Journal;
  readonly #suite: string;
  readonly #ledger: Ledger;

  constructor(queue: Queue, journal: Journal, suite: string, ledger: Ledger) {
    this.#queue = queue;
    this.#journal = journal;
    this.#suite = suite;
    this.#ledger = ledger;
  }

  /** @returns the entries whose jobs have left the queue, and the rows that came into the journal for them */
  async collect(): Promise<{ readonly left: readonly Entry[]; readonly rows: readonly GradeRow[] }> {
    const left: Entry[] = [];
    const rows: GradeRow[] = [];
    for (const state of ['completed', 'failed'] as const) {
      let notOurs = 0;
      for (;;) {
        const jobs = (await this.#queue.getJobs([state], notOurs, notOurs + PAGE - 1, true)).filter(isThere);
        if (jobs.length === 0) break;
        const taken = await Promise.all(jobs.map((job) => this.#take(job, state)));
        notOurs += taken.filter((each) => each === undefined).length;
        for (const each of taken) {
          if (each === undefined) continue;
          if (each.entry !== undefined) left.push(each.entry);
          if (each.row !== undefined) rows.push(each.row);
        }
      }
    }
    return { left, rows };
  }

  /** @returns undefined for a job that stays, because it is another grading's */
  async #take(
    job: QueueJob,
    state: 'completed' | 'failed',
  ): Promise<{ readonly entry?: Entry; readonly row?: GradeRow } | undefined> {
    const entry = this.#ledger.of(job.id ?? '');
    if (entry === undefined) return undefined;
    const row = this.#rowOf(job, state, entry);
    if (entry.state === 'settled') {
      if (row === undefined || !this.#ledger.has(row)) return undefined;
      await job.remove();
      return {};
    }
    const isNews =
      row !== undefined && !this.#ledger.has(row) && (row.terminal || row.attempt >= entry.attempt);
    if (isNews) await this.#journal.append(row);
    const isSettled = isNews && this.#ledger.written(entry, row);
    await job.remove();
    if (!isSettled) {
      if (job.processedBy !== undefined) entry.avoid.push(job.processedBy);
      this.#ledger.again(entry);
    }
    return { entry, ...(isNews ? { row } : {}) };
  }

  /** Undefined when it is to be tried again without further ado. */
  #rowOf(job: QueueJob, state: 'completed' | 'failed', entry: Entry): GradeRow | undefined {
    if (state === 'completed') return this.#completedRow(job, entry);
    const because = job.failedReason ?? 'for no reason that was given';
    if (REDIS_TROUBLE.test(because)) return undefined;
    return this.#infra(
      job,
      entry,
      STALLED.test(because) ? 'Every worker that took it was gone before it was done.' : because,
    );
  }

  #completedRow(job: QueueJob, entry: Entry): GradeRow {
    try {
      const row = parseRow(JSON.stringify(job.returnvalue ?? null));
      if (row.key === entry.key && (row.rerun ?? 0) === entry.rerun) return row;
      return this.#infra(job, entry, 'The worker gave the row of other work.');
    } catch (error) {
      if (!(error instanceof FieldError)) throw error;
      return this.#infra(job, entry, `The worker gave what is no row: ${error.message}.`);
    }
  }

  #infra(job: QueueJob, { row, key, attempt, rerun }: Entry, because: string): GradeRow {
    const { student, exercise, digest } = row;
    const work = { key, student, exercise, digest, suite: this.#suite, attempt, seed: job.id ?? '' };
    const beganAt = job.processedOn ?? job.timestamp;
    return infraRow(
      { ...work, ...(rerun > 0 ? { rerun } : {}) },
      because,
      job.processedBy ?? 'nobody',
      beganAt,
    );
  }
}

/** Another grading may remove a job while this one asks for it. */
function isThere(job: QueueJob | undefined): job is QueueJob {
  return job !== undefined;
}
