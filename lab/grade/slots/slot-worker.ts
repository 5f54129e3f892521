import { type ChildProcess, spawn } from 'node:child_process';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { exerciseNamed } from '../../exercises/catalog.ts';
import type { Backend } from '../../host/backend.ts';
import { CAGE } from '../../host/docker/cage-places.ts';
import { Calls } from '../../host/docker/calls.ts';
import { prepareSlot, type Slot } from '../../host/sandbox/slot.ts';
import { withDeadline } from '../../sys/deadline.ts';
import type { Job } from '../job.ts';
import { infraRow } from '../queue/infra-row.ts';
import type { GradeRow } from '../row.ts';
import { readingTrouble } from './readable.ts';
import { SlotError } from './slot-error.ts';

const WORKERS: Readonly<Record<Backend, string>> = {
  namespaces: fileURLToPath(new URL('./worker.ts', import.meta.url)),
  docker: fileURLToPath(new URL('./docker-worker.ts', import.meta.url)),
};
/** V8 lets the space for young objects grow with use, to tens of megabytes a worker; with this much a run takes no longer. */
const SMALL_HEAP = '--max-semi-space-size=2';

const READY_MS = 60_000;
const SAID_LIMIT = 4_096;

/** How long the kernel may take to end what was in a slot, and how often it is asked. */
const GONE_MS = 10_000;
const LOOK_MS = 20;

/** How long a judge may be silent beyond the times that a run is given: then the worker is stuck, and is ended. */
const TIMES = 3;
const SPARE_MS = 60_000;

/** How long a worker with containers may take to remove them. */
const END_MS = 15_000;

/** What runs in a slot. */
export interface SlotKind {
  /** Where hosts are made; for containers the slot is a process like any other. */
  readonly backend: Backend;
  /** Node's compile cache for it. */
  readonly cache?: string | undefined;
  /** The program; the judge when not said. */
  readonly worker?: string;
}

/** One slot, and the process in it. */
export class SlotWorker {
  readonly n: number;
  readonly #name: string;
  /** Undefined for a worker with containers. */
  readonly #slot: Slot | undefined;
  readonly #child: ChildProcess;
  readonly #calls: Calls;
  readonly #exited: Promise<void>;
  readonly #hello = Promise.withResolvers<void>();
  #ended: Promise<void> | undefined;
  #alive = true;
  #said = '';

  constructor(n: number, { backend, cache, worker = WORKERS[backend] }: SlotKind) {
    this.n = n;
    this.#name = `${hostname()}/${process.pid}/${n}`;
    this.#slot = backend === 'docker' ? undefined : prepareSlot(n);
    // Of workers with containers one is enough to find out whether the engine can do what is wanted of it.
    const orders = this.#slot === undefined ? n === 0 : this.#slot.orders;
    const [command = '', ...args] = [
      ...(this.#slot?.command ?? []),
      ...[process.execPath, SMALL_HEAP, worker, JSON.stringify(orders), this.#name],
    ];
    // In a session of its own: a Ctrl-C at the terminal is for this process, which decides what becomes of its workers.
    const child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
      env: { ...process.env, ...(cache === undefined ? {} : { NODE_COMPILE_CACHE: cache }) },
    });
    this.#child = child;
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

  /** @throws SlotError when it does not get ready: what it has said, or what keeps it from being read. */
  async ready(): Promise<void> {
    try {
      const late = (): SlotError => new SlotError(`it was not ready within ${READY_MS / 1_000} s`);
      await withDeadline(this.#hello.promise, READY_MS, late);
    } catch (error) {
      await this.end();
      const trouble = this.#slot && readingTrouble(this.#slot.uid);
      const why = trouble ?? (this.#lastWords() || messageOf(error));
      throw new SlotError(`no place could be made to judge submissions in: ${why}`, { cause: error });
    }
  }

  /** Judges a job. Never throws: when nothing comes of it, the row has the status `infra`, and the worker is no longer alive. */
  async judge(job: Job): Promise<GradeRow> {
    const beganAt = Date.now();
    try {
      const limitMs = exerciseNamed(String(job.exercise.number)).lastsMs * TIMES + SPARE_MS;
      const late = (): SlotError => new SlotError(`nothing came of it within ${limitMs / 1_000} s`);
      return (await withDeadline(this.#calls.call('judge', job), limitMs, late)) as GradeRow;
    } catch (error) {
      this.#alive = false;
      const words = this.#lastWords();
      const because = `${messageOf(error)}${words === '' ? '' : ` (${words})`}`;
      return {
        ...infraRow(job, because, this.#name, beganAt),
        confinement:
          this.#slot === undefined
            ? { by: 'docker', uid: CAGE.uid }
            : { by: this.#slot.orders.groups?.by ?? 'rlimits', uid: this.#slot.uid },
      };
    }
  }

  /** Ends the process and, as it is the first one in its namespaces, everything in the slot. */
  async end(): Promise<void> {
    this.#alive = false;
    this.#ended ??= this.#end();
    await this.#ended;
  }

  async #end(): Promise<void> {
    if (this.#slot === undefined) await this.#endByItself();
    this.#child.kill('SIGKILL');
    await this.#exited;
    if (this.#slot !== undefined) await disposeWhenEmpty(this.#slot);
  }

  /** It removes its containers then. What is left when that takes too long, the next lab removes. */
  async #endByItself(): Promise<void> {
    this.#child.stdin?.end();
    await withDeadline(this.#exited, END_MS, () => new Error('still there')).catch(() => {});
  }

  /** What it has said of its end: of what Node prints about an error, the line with the message. */
  #lastWords(): string {
    const lines = this.#said.trim().split('\n');
    return lines.find((line) => /^\w*Error\b.*: /.test(line)) ?? lines.at(-1) ?? '';
  }
}

/**
 * Removes a slot's control groups when nobody is in them any more: the worker's streams close before the kernel has ended all that was
 * in its namespaces. What is still there after a while, the next lab removes.
 */
async function disposeWhenEmpty(slot: Slot): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const lateMs = performance.now() + GONE_MS;
  const look = (): void => {
    try {
      slot[Symbol.dispose]();
      resolve();
    } catch (error) {
      const isBusy = error instanceof Error && 'code' in error && error.code === 'EBUSY';
      if (!isBusy) reject(error);
      else if (performance.now() > lateMs) resolve();
    }
  };
  const timer = setInterval(look, LOOK_MS);
  try {
    look();
    await promise;
  } finally {
    clearInterval(timer);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
