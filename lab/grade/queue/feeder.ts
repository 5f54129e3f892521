import type { Queue } from 'bullmq';
import { jobOf } from '../job.ts';
import type { GradePlan } from '../plan.ts';
import type { Entry, Ledger } from './ledger.ts';
import { queueError } from './queue-error.ts';
import type { Queued } from './queued.ts';

/** So much of submissions is in Redis at once, in bytes as they are sent; the results come on top. */
const MOST_BYTES = 128 * 1024 * 1024;

/** So many are sent at once. */
const CHUNK = 32;

/** Puts jobs into the queue, as many as have room. */
export class Feeder {
  readonly #queue: Queue;
  readonly #plan: GradePlan;
  readonly #store: string;
  readonly #place: string;
  readonly #bytes = new Map<string, number>();
  #total = 0;

  /** @param place what a message calls the Redis */
  constructor(queue: Queue, plan: GradePlan, store: string, place: string) {
    this.#queue = queue;
    this.#plan = plan;
    this.#store = store;
    this.#place = place;
  }

  /**
   * Adds what is to be done, each work once however often it is added.
   * @throws JobError for files that are not those of the plan; QueueError `memory` when not even one job has room
   */
  async feed(ledger: Ledger): Promise<void> {
    while (this.#total < MOST_BYTES) {
      const chunk = this.#chunk(ledger);
      if (chunk.length === 0) return;
      const added = await Promise.allSettled(chunk.map((entry) => this.#add(entry)));
      const failures = added.flatMap((each, n) => {
        const entry = chunk[n];
        if (each.status === 'fulfilled' || entry === undefined) return [];
        this.left(entry);
        ledger.again(entry);
        return [each.reason as unknown];
      });
      if (failures.length === 0) continue;
      const error = queueError(failures[0], this.#place);
      // Memory comes back when results are collected.
      if (error.code !== 'memory' || ledger.queued().length === 0) throw failures[0];
      return;
    }
  }

  /** A job has left the queue. */
  left({ id }: Entry): void {
    this.#total -= this.#bytes.get(id) ?? 0;
    this.#bytes.delete(id);
  }

  #chunk(ledger: Ledger): Entry[] {
    const chunk: Entry[] = [];
    for (let entry = ledger.next(); entry !== undefined; entry = ledger.next()) {
      chunk.push(entry);
      if (chunk.length === CHUNK) break;
    }
    return chunk;
  }

  async #add(entry: Entry): Promise<void> {
    const { id, row, attempt, rerun, avoid } = entry;
    const data: Queued = { job: jobOf(this.#plan, row, this.#store, { attempt, rerun }), avoid };
    const bytes = data.job.files.reduce((sum, { base64 }) => sum + base64.length, 0);
    this.#bytes.set(id, bytes);
    this.#total += bytes;
    entry.state = 'queued';
    await this.#queue.add(row.exercise.slug, data, { jobId: id, attempts: 1 });
  }
}
