import { hostname } from 'node:os';
import { DelayedError, type Queue, type Job as QueueJob, WaitingError, Worker } from 'bullmq';
import { withDeadline } from '../../sys/deadline.ts';
import type { JudgeJob } from '../job.ts';
import type { GradeRow } from '../row.ts';
import type { RedisAddress } from './address.ts';
import { Connection, type Patience } from './connection.ts';
import { durabilityWarnings } from './durability.ts';
import { judged } from './judged.ts';
import { noteSuite, PREFIX, queueName } from './names.ts';
import { OthersWork } from './others-work.ts';
import { queueError } from './queue-error.ts';
import { openQueue, parseQueued } from './queued.ts';
import { isToAvoid, LATER_MS } from './take-turns.ts';

export interface WorkOptions {
  readonly redis: RedisAddress;
  readonly judge: JudgeJob;
  /** The version of the checks in this checkout: nothing else is judged. */
  readonly suite: string;
  /** How many jobs are judged at the same time. */
  readonly concurrency: number;
  /** Takes nothing new from then on, and ends when what runs has finished. */
  readonly stop: AbortSignal;
  /** How long what runs may go on after that, in milliseconds; then it is given back. */
  readonly graceMs?: number;
  /** How long a worker may be silent before its jobs are another's, in milliseconds. */
  readonly lockMs?: number;
  /** Unlike that of every other worker; from the machine and the process when not said. */
  readonly name?: string;
  readonly patience?: Patience;
  /** Is given what a person should know, a sentence at a time. */
  readonly tell?: (sentence: string) => void;
  /** Is given each row when Redis has it. */
  readonly finished?: (row: GradeRow) => void;
}

/** What a worker has done. */
export interface WorkDone {
  readonly rows: number;
  /** Jobs that were running when the time to finish was up: other workers have them. */
  readonly givenBack: number;
}

/** Twice, so that one worker that is killed costs nobody a try. */
const MOST_STALLS = 2;
const LOCK_MS = 30_000;
const GRACE_MS = 60_000;

/** BullMQ waits for ever for the end of a connection that is just being made anew. What is done by then is in Redis. */
const CLOSE_MS = 10_000;

/**
 * Judges what is in the queue until it is told to stop. A worker that is killed loses the locks of its jobs, and others do them.
 * @throws QueueError when Redis is not there or stays away, or does not let itself be written to
 */
export async function work(options: WorkOptions): Promise<WorkDone> {
  const { redis, suite, tell = () => {} } = options;
  using connection = await Connection.open(redis, tell, options.patience);
  const queue = openQueue(connection, suite);
  try {
    for (const warning of await durabilityWarnings(connection.client, connection.place)) tell(warning);
    await noteSuite(connection.client, suite);
    using _others = new OthersWork(connection, suite, tell);
    return await new Shift(connection, queue, options).untilStopped();
  } catch (error) {
    throw queueError(error, connection.place);
  }
}

class Shift {
  readonly #connection: Connection;
  readonly #queue: Queue;
  readonly #options: WorkOptions;
  readonly #name: string;
  readonly #running = new Map<QueueJob, string | undefined>();
  readonly #broken = Promise.withResolvers<never>();
  readonly #told = new Set<string>();
  #idle = Promise.withResolvers<void>();
  #rows = 0;

  constructor(connection: Connection, queue: Queue, options: WorkOptions) {
    this.#connection = connection;
    this.#queue = queue;
    this.#options = options;
    this.#name = options.name ?? `${hostname()}#${process.pid}`;
    this.#broken.promise.catch(() => {});
  }

  async untilStopped(): Promise<WorkDone> {
    const { stop, concurrency, lockMs = LOCK_MS, graceMs = GRACE_MS } = this.#options;
    const worker = new Worker(queueName(this.#options.suite), (job, token) => this.#process(job, token), {
      connection: this.#connection.client,
      prefix: PREFIX,
      name: this.#name,
      concurrency,
      lockDuration: lockMs,
      stalledInterval: lockMs / 2,
      maxStalledCount: MOST_STALLS,
    });
    worker.on('completed', (_job, row: GradeRow) => {
      this.#rows += 1;
      this.#options.finished?.(row);
    });
    worker.on('error', (error) => this.#failed(error));
    try {
      await Promise.race([aborted(stop), this.#connection.gone, this.#broken.promise]);
      await worker.pause(true);
      await this.#untilIdle(graceMs);
      const givenBack = await this.#giveBack();
      await inTime(worker.close(givenBack > 0), CLOSE_MS);
      return { rows: this.#rows, givenBack };
    } catch (error) {
      worker.close(true).catch(() => {});
      throw error;
    }
  }

  async #process(job: QueueJob, token: string | undefined): Promise<GradeRow> {
    this.#running.set(job, token);
    try {
      if (this.#isStopped()) await leave(job, token);
      const { job: work, avoid } = parseQueued(job.data);
      if (await isToAvoid(job, this.#queue, this.#name, avoid)) {
        await job.moveToDelayed(Date.now() + LATER_MS, token);
        throw new DelayedError();
      }
      const row = await judged(work, this.#options, this.#name);
      // Whoever ended the judge with this worker has cost nobody a try.
      if (row.status === 'infra' && this.#isStopped()) await leave(job, token);
      return row;
    } finally {
      this.#running.delete(job);
      if (this.#running.size === 0) this.#idle.resolve();
    }
  }

  #isStopped(): boolean {
    return this.#options.stop.aborted;
  }

  #failed(error: Error): void {
    const explained = queueError(error, this.#connection.place);
    if (explained.code === 'password' || explained.code === 'replica') this.#broken.reject(explained);
    // The connection tells of its own troubles; a lost lock means that another worker has the job.
    else if (explained.code !== 'unreachable' && !/lock/i.test(error.message))
      this.#tellOnce(explained.message);
  }

  #tellOnce(sentence: string): void {
    if (this.#told.has(sentence)) return;
    this.#told.add(sentence);
    this.#options.tell?.(sentence);
  }

  async #untilIdle(graceMs: number): Promise<void> {
    if (this.#running.size === 0) return;
    this.#idle = Promise.withResolvers();
    await inTime(this.#idle.promise, graceMs);
  }

  async #giveBack(): Promise<number> {
    const jobs = [...this.#running];
    for (const [job, token] of jobs) await job.moveToWait(token ?? '');
    return jobs.length;
  }
}

class LateError extends Error {}

/** Waits for something, and goes on without it when the time is up. */
async function inTime(promise: Promise<void>, ms: number): Promise<void> {
  await withDeadline(promise, ms, () => new LateError()).catch((error: unknown) => {
    if (!(error instanceof LateError)) throw error;
  });
}

/** Puts a job back for another worker. @throws WaitingError always: so BullMQ is told. */
async function leave(job: QueueJob, token: string | undefined): Promise<never> {
  await job.moveToWait(token ?? '');
  throw new WaitingError();
}

function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  else signal.addEventListener('abort', () => resolve(), { once: true });
  return promise;
}
