import { spawn } from 'node:child_process';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { exerciseNamed } from '../../exercises/catalog.ts';
import { Calls } from '../../host/docker/calls.ts';
import { prepareSlot, type Slot } from '../../host/sandbox/slot.ts';
import { withDeadline } from '../../sys/deadline.ts';
import type { Job } from '../job.ts';
import { infraRow } from '../queue/infra-row.ts';
import type { GradeRow } from '../row.ts';

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));
const READY_MS = 30_000;
const SAID_LIMIT = 4_096;

/** Places in which submissions are judged, side by side: each a process of its own, with its own user id where root has made it. */
export class Slots implements AsyncDisposable {
  readonly #free: SlotWorker[] = [];
  readonly #waiting: ((worker: SlotWorker) => void)[] = [];
  readonly #all = new Set<SlotWorker>();
  #closed = false;

  private constructor() {}

  /** Starts so many workers. @throws SlotError when one does not get ready: what the machine lacks. */
  static async open(count: number): Promise<Slots> {
    const slots = new Slots();
    try {
      await Promise.all(Array.from({ length: count }, (_, n) => slots.#add(n)));
      return slots;
    } catch (error) {
      await slots.close();
      throw error;
    }
  }

  /** Judges a job in the next slot that is free. Never throws: a worker that dies gives a row with the status `infra`. */
  async judge(job: Job): Promise<GradeRow> {
    const worker = await this.#take();
    const row = await worker.judge(job);
    if (worker.isAlive) this.#give(worker);
    else await this.#replace(worker);
    return row;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#all].map((worker) => worker.end()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #add(n: number): Promise<void> {
    const worker = new SlotWorker(n);
    this.#all.add(worker);
    await worker.ready();
    this.#give(worker);
  }

  async #replace(worker: SlotWorker): Promise<void> {
    await worker.end();
    this.#all.delete(worker);
    if (!this.#closed) await this.#add(worker.n);
  }

  #give(worker: SlotWorker): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(worker);
    else next(worker);
  }

  async #take(): Promise<SlotWorker> {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    const { promise, resolve } = Promise.withResolvers<SlotWorker>();
    this.#waiting.push(resolve);
    return await promise;
  }
}

/** A slot's worker did not start. */
export class SlotError extends Error {
  override readonly name = 'SlotError';
  readonly code = 'slot';
}

/** One slot, and the process in it. */
class SlotWorker {
  readonly n: number;
  readonly #name: string;
  readonly #slot: Slot;
  readonly #calls: Calls;
  readonly #exited: Promise<void>;
  readonly #kill: () => void;
  readonly #hello = Promise.withResolvers<void>();
  #alive = true;
  #said = '';

  constructor(n: number) {
    this.n = n;
    this.#name = `${hostname()}/${process.pid}/${n}`;
    this.#slot = prepareSlot(n);
    const [command = '', ...args] = [
      ...this.#slot.command,
      ...[process.execPath, WORKER, JSON.stringify(this.#slot.orders), this.#name],
    ];
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#kill = () => void child.kill('SIGKILL');
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#exited = promise;
    child.once('error', (error) => {
      this.#said += error.message;
      resolve();
    });
    child.once('close', () => resolve());
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-SAID_LIMIT);
    });
    this.#calls = new Calls(`slot ${n}`, child.stdout, child.stdin);
    this.#calls.listen({
      told: () => this.#hello.resolve(),
      failed: (error) => {
        this.#alive = false;
        this.#hello.reject(error);
      },
    });
    this.#hello.promise.catch(() => {});
  }

  get isAlive(): boolean {
    return this.#alive;
  }

  /** @throws SlotError with what it has said. */
  async ready(): Promise<void> {
    try {
      await withDeadline(this.#hello.promise, READY_MS, () => new SlotError(`slot ${this.n} does not start`));
    } catch (error) {
      await this.end();
      throw new SlotError(`a slot for untrusted programs could not be made: ${this.#said.trim()}`, {
        cause: error,
      });
    }
  }

  async judge(job: Job): Promise<GradeRow> {
    const beganAt = Date.now();
    const limitMs = exerciseNamed(String(job.exercise.number)).lastsMs * 3 + 60_000;
    try {
      const late = (): SlotError => new SlotError(`nothing came of it within ${limitMs / 1_000} s`);
      return (await withDeadline(this.#calls.call('judge', job), limitMs, late)) as GradeRow;
    } catch (error) {
      this.#alive = false;
      const said = this.#said.trim().split('\n').at(-1) ?? '';
      const because = `${error instanceof Error ? error.message : String(error)}${said === '' ? '' : ` (${said})`}`;
      return {
        ...infraRow(job, because, this.#name, beganAt),
        confinement: { by: this.#slot.orders.groups?.by ?? 'rlimits', uid: this.#slot.uid },
      };
    }
  }

  /** Ends the process and, as it is the first one in its namespaces, everything in the slot. */
  async end(): Promise<void> {
    this.#alive = false;
    this.#kill();
    await this.#exited;
    this.#slot[Symbol.dispose]();
  }
}
