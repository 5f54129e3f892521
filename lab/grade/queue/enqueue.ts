import type { Queue } from 'bullmq';
import type { Journal } from '../journal.ts';
import type { GradePlan } from '../plan.ts';
import type { GradeRow } from '../row.ts';
import type { RedisAddress } from './address.ts';
import { Collector } from './collector.ts';
import { Connection, type Patience } from './connection.ts';
import { durabilityWarnings } from './durability.ts';
import { Feeder } from './feeder.ts';
import { Ledger } from './ledger.ts';
import { noteSuite, otherSuites, shortSuite } from './names.ts';
import { Pulse } from './pulse.ts';
import { queueError } from './queue-error.ts';
import { openQueue } from './queued.ts';

/** How far a grading is. */
export interface QueueProgress {
  readonly planned: number;
  /** Planned rows with a verdict. */
  readonly done: number;
  /** Being judged, of this and of other gradings with the same checks. */
  readonly running: number;
  readonly workers: number;
  /** At the pace so far, in milliseconds; null while there is none. */
  readonly leftMs: number | null;
}

export interface EnqueueOptions {
  readonly plan: GradePlan;
  /** The folder that the plan's folders are in. */
  readonly store: string;
  /** Where the rows go; its lock keeps a second grading out of it. */
  readonly journal: Journal;
  readonly redis: RedisAddress;
  /** The keys of settled rows that are to be judged anew. */
  readonly again?: ReadonlySet<string>;
  /** Stops listening; what is in the queue is judged all the same, and collected by the next call. */
  readonly stop?: AbortSignal;
  readonly patience?: Patience;
  /** Is given what a person should know, a sentence at a time. */
  readonly tell?: (sentence: string) => void;
  readonly progress?: (progress: QueueProgress) => void;
  /** Is given each row when the journal has it. */
  readonly collected?: (row: GradeRow) => void;
}

/** What came of it. */
export interface Enqueued {
  readonly planned: number;
  /** Planned rows without a verdict: none, unless it was stopped. */
  readonly left: number;
  /** Rows that came into the journal in this call. */
  readonly rows: number;
}

/** How often everything is looked at beside the finished jobs, in milliseconds. */
const LOOK_ROUND_MS = 2_000;

/**
 * Has workers do what the journal has no verdict for: adds it to the queue, and brings the rows into the journal, first those that came
 * while nobody listened. A row is taken out of Redis when the journal has it on the disk, so a kill at any instant loses none; what Redis
 * itself has forgotten is added again. Comes back when the plan is done.
 * @throws QueueError, JobError; what is in Redis and in the journal by then stays, and the next call goes on from there
 */
export async function enqueue(options: EnqueueOptions): Promise<Enqueued> {
  const { redis, plan, tell = () => {} } = options;
  using connection = await Connection.open(redis, tell, options.patience);
  const queue = openQueue(connection, plan.header.suite);
  try {
    for (const warning of await durabilityWarnings(connection.client, connection.place)) tell(warning);
    await noteSuite(connection.client, plan.header.suite);
    return await Promise.race([new Grading(connection, queue, options).untilDone(), connection.gone]);
  } catch (error) {
    // JobError, JournalError and what Node says of a disk are for the caller as they are.
    throw isOfRedis(error) ? queueError(error, connection.place) : error;
  }
}

class Grading {
  readonly #connection: Connection;
  readonly #queue: Queue;
  readonly #options: EnqueueOptions;
  readonly #ledger: Ledger;
  readonly #feeder: Feeder;
  readonly #collector: Collector;
  readonly #began = performance.now();
  #rows = 0;
  #settledHere = 0;
  #saidNobody = false;

  constructor(connection: Connection, queue: Queue, options: EnqueueOptions) {
    const { plan, store, journal, again } = options;
    this.#connection = connection;
    this.#queue = queue;
    this.#options = options;
    this.#ledger = new Ledger(plan, journal.found, again);
    this.#feeder = new Feeder(queue, plan, store, connection.place);
    this.#collector = new Collector(queue, journal, plan.header.suite, this.#ledger);
  }

  async untilDone(): Promise<Enqueued> {
    using pulse = new Pulse(this.#options.stop);
    let lookRoundAt = 0;
    await this.#collect();
    while (this.#ledger.open > 0 && this.#options.stop?.aborted !== true) {
      await this.#feeder.feed(this.#ledger);
      await this.#collect();
      if (performance.now() >= lookRoundAt) {
        await this.#lookRound();
        lookRoundAt = performance.now() + LOOK_ROUND_MS;
      }
      if (this.#ledger.open > 0) await pulse.next();
    }
    await this.#collect();
    await this.#lookRound();
    return { planned: this.#ledger.planned, left: this.#ledger.open, rows: this.#rows };
  }

  async #collect(): Promise<void> {
    const { left, rows } = await this.#collector.collect();
    for (const entry of left) this.#feeder.left(entry);
    for (const row of rows) {
      this.#rows += 1;
      if (row.terminal) this.#settledHere += 1;
      this.#options.collected?.(row);
    }
  }

  async #lookRound(): Promise<void> {
    await this.#addWhatIsForgotten();
    const [{ active = 0 }, workers] = await Promise.all([
      this.#queue.getJobCounts('active'),
      this.#queue.getWorkersCount(),
    ]);
    const { planned, open } = this.#ledger;
    const pace = this.#settledHere / (performance.now() - this.#began);
    this.#options.progress?.({
      planned,
      done: planned - open,
      running: active,
      workers,
      leftMs: pace > 0 ? Math.round(open / pace) : null,
    });
    if (workers === 0 && open > 0) await this.#tellOfNobody();
  }

  /** A Redis that keeps nothing, or that somebody has emptied, has lost jobs: the journal knows which. */
  async #addWhatIsForgotten(): Promise<void> {
    const queued = this.#ledger.queued();
    const asked = this.#connection.client.pipeline();
    for (const { id } of queued) asked.exists(this.#queue.toKey(id));
    const answers = (await asked.exec()) ?? [];
    for (const [n, entry] of queued.entries()) {
      if (answers[n]?.[1] !== 0) continue;
      this.#feeder.left(entry);
      this.#ledger.again(entry);
    }
  }

  async #tellOfNobody(): Promise<void> {
    if (this.#saidNobody) return;
    this.#saidNobody = true;
    const suite = this.#options.plan.header.suite;
    const others = await otherSuites(this.#connection.client, suite);
    const hint =
      others.length > 0 ? ` Workers with other checks (${others.map(shortSuite).join(', ')}) leave it.` : '';
    this.#options.tell?.(
      `Nobody works on it yet: start ./tcplab grade work on as many machines as you like, with this version of the checks (${shortSuite(suite)}).${hint}`,
    );
  }
}

function isOfRedis(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'ReplyError' || /Connection is closed|ECONN|Redis|OOM/.test(error.message))
  );
}
