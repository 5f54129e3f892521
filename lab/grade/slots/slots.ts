import type { Backend } from '../../host/backend.ts';
import type { Job } from '../job.ts';
import type { GradeRow } from '../row.ts';
import { compiledForSlots } from './compiled.ts';
import { SlotError } from './slot-error.ts';
import { type SlotKind, SlotWorker } from './slot-worker.ts';

/** How often a slot whose worker has died is made anew in vain, before there is one less. */
const MOST_TRIES = 3;

export interface SlotsOptions {
  readonly stop?: AbortSignal;
  readonly backend?: Backend;
  readonly worker?: string;
}

/** Places in which submissions are judged, side by side: each a process of its own, with its own user id where root has made it. */
export class Slots implements AsyncDisposable {
  readonly #free: SlotWorker[] = [];
  readonly #waiting: PromiseWithResolvers<SlotWorker>[] = [];
  readonly #all = new Set<SlotWorker>();
  readonly #making = new Set<Promise<void>>();
  #over: SlotError | undefined;

  readonly #kind: SlotKind;

  private constructor(kind: SlotKind) {
    this.#kind = kind;
  }

  /**
   * Starts so many workers.
   * @param stop gives up, and rejects
   * @param backend where hosts are made; namespaces when not said
   * @param worker the program in the slots, when it is not the judge
   * @throws SlotError when one does not get ready: what the machine lacks
   */
  static async open(
    count: number,
    { stop, backend = 'namespaces', worker }: SlotsOptions = {},
  ): Promise<Slots> {
    const cache = backend === 'namespaces' ? await compiledForSlots() : undefined;
    const slots = new Slots({ backend, cache, ...(worker && { worker }) });
    const giveUp = (): void => void slots.close();
    stop?.addEventListener('abort', giveUp, { once: true });
    try {
      await Promise.all(Array.from({ length: count }, (_, n) => slots.#add(n)));
      stop?.throwIfAborted();
      return slots;
    } catch (error) {
      await slots.close();
      stop?.throwIfAborted();
      throw error;
    } finally {
      stop?.removeEventListener('abort', giveUp);
    }
  }

  /**
   * Judges a job in the next slot that is free. A worker that dies gives a row with the status `infra`, and is replaced.
   * @throws SlotError when no slot is left, or they were closed before it was the job's turn.
   */
  async judge(job: Job): Promise<GradeRow> {
    const worker = await this.#take();
    const row = await worker.judge(job);
    if (worker.isAlive) this.#give(worker);
    else this.#replace(worker);
    return row;
  }

  /** Ends all workers, and what they judge. Those who wait for one are told. */
  async close(): Promise<void> {
    this.#end(new SlotError('the slots were closed'));
    await Promise.all([...this.#all].map((worker) => worker.end()));
    await Promise.all(this.#making);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #end(why: SlotError): void {
    this.#over ??= why;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#over);
  }

  async #add(n: number): Promise<void> {
    if (this.#over !== undefined) throw this.#over;
    const worker = new SlotWorker(n, this.#kind);
    this.#all.add(worker);
    try {
      await worker.ready();
    } catch (error) {
      this.#all.delete(worker);
      throw error;
    }
    this.#give(worker);
  }

  #replace(worker: SlotWorker): void {
    const made = this.#makeAnew(worker).finally(() => this.#making.delete(made));
    this.#making.add(made);
  }

  async #makeAnew(worker: SlotWorker): Promise<void> {
    await worker.end();
    this.#all.delete(worker);
    let trouble = new SlotError('no slot is left');
    for (let tries = 0; tries < MOST_TRIES && this.#over === undefined; tries++) {
      try {
        await this.#add(worker.n);
        return;
      } catch (error) {
        if (!(error instanceof SlotError)) throw error;
        trouble = error;
      }
    }
    if (this.#all.size === 0) this.#end(trouble);
  }

  #give(worker: SlotWorker): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(worker);
    else next.resolve(worker);
  }

  async #take(): Promise<SlotWorker> {
    if (this.#over !== undefined) throw this.#over;
    const free = this.#free.pop();
    if (free !== undefined) return free;
    const turn = Promise.withResolvers<SlotWorker>();
    this.#waiting.push(turn);
    return await turn.promise;
  }
}
