import { Redis } from 'ioredis';
import type { RedisAddress } from './address.ts';
import { queueError } from './queue-error.ts';
import { setting } from './setting.ts';

/** How long a Redis may be away, in milliseconds. */
export interface Patience {
  /** At the start, where a wrong address is likelier than a Redis that is not up yet; */
  readonly firstMs: number;
  /** and later, when it is being restarted. */
  readonly laterMs: number;
}

const PATIENCE: Patience = { firstMs: 5_000, laterMs: 60_000 };
const LONGEST_PAUSE_MS = 1_000;

/** A connection that comes back by itself when Redis was away, for as long as the patience lasts. */
export class Connection implements Disposable {
  readonly client: Redis;
  readonly place: string;
  readonly #tell: (sentence: string) => void;
  readonly #patience: Patience;
  readonly #ready = Promise.withResolvers<void>();
  readonly #gone = Promise.withResolvers<never>();
  /** By performance.now(); undefined while Redis is there. */
  #awaySince: number | undefined = performance.now();
  #wasReady = false;
  #isClosing = false;
  #last: unknown;

  private constructor(
    { place, options }: RedisAddress,
    tell: (sentence: string) => void,
    patience: Patience,
  ) {
    this.place = place;
    this.#tell = tell;
    this.#patience = patience;
    this.#gone.promise.catch(() => {});
    this.client = new Redis({
      ...options,
      lazyConnect: true,
      maxRetriesPerRequest: null,
      connectTimeout: patience.firstMs,
      // Redis does not hang up on a connection that waits for a job.
      disconnectTimeout: 100,
      // Also for the connections that BullMQ copies from this one: those may try for as long as this one is there.
      retryStrategy: (times) => this.#pauseMs(times),
    });
    this.client.on('error', (error: unknown) => this.#failed(error));
    this.client.on('close', () => this.#wentAway());
    this.client.on('ready', () => this.#isThere());
    this.client.on('end', () => this.#giveUp(this.#last));
  }

  /**
   * @param tell is given a sentence when Redis goes away, and when it is back
   * @throws QueueError when nobody is there, the password is wrong, or it is a replica that cannot be written to
   */
  static async open(
    address: RedisAddress,
    tell: (sentence: string) => void,
    patience: Patience = PATIENCE,
  ): Promise<Connection> {
    const connection = new Connection(address, tell, patience);
    // What this promise says is about the first try only.
    connection.client.connect().catch(() => {});
    try {
      await connection.#ready.promise;
      await connection.#mustBeWritable();
      return connection;
    } catch (error) {
      connection.close();
      throw queueError(error, address.place);
    }
  }

  /** Rejects with a QueueError when Redis is given up. */
  get gone(): Promise<never> {
    return this.#gone.promise;
  }

  close(): void {
    this.#isClosing = true;
    this.client.disconnect();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** Until the next try; null: no more. */
  #pauseMs(times: number): number | null {
    if (this.#isClosing) return null;
    const { firstMs, laterMs } = this.#patience;
    const awayMs = this.#awaySince === undefined ? 0 : performance.now() - this.#awaySince;
    if (awayMs > (this.#wasReady ? laterMs : firstMs)) return null;
    return Math.min(25 * 2 ** Math.min(times, 10), LONGEST_PAUSE_MS);
  }

  #failed(error: unknown): void {
    this.#last = error;
    if (this.#isClosing) return;
    const { code, message } = queueError(error, this.place);
    if (code === 'password') this.#giveUp(error);
    else if (code !== 'unreachable') this.#tell(message);
  }

  #wentAway(): void {
    if (this.#isClosing || this.#awaySince !== undefined) return;
    this.#awaySince = performance.now();
    const seconds = Math.round(this.#patience.laterMs / 1000);
    this.#tell(`${this.place} has gone away. Waiting ${seconds} s at most for it to come back.`);
  }

  #isThere(): void {
    if (this.#wasReady) this.#tell(`${this.place} is back.`);
    this.#awaySince = undefined;
    this.#wasReady = true;
    this.#ready.resolve();
  }

  #giveUp(because: unknown): void {
    const error = queueError(because ?? new Error('the connection was closed'), this.place);
    this.close();
    this.#ready.reject(error);
    this.#gone.reject(error);
  }

  async #mustBeWritable(): Promise<void> {
    const role = /^role:\w+/m.exec(await this.client.info('replication'))?.[0] ?? '';
    if (role === 'role:slave' && (await setting(this.client, 'replica-read-only')) !== 'no')
      throw queueError(new Error(role), this.place);
  }
}
