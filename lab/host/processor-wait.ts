import { readFileSync } from 'node:fs';

/** How often the kernel is asked, and how much more a program must have waited to be told of, in milliseconds. */
const EVERY_MS = 100;

/** One that has run for so long, in milliseconds, was not kept from anything: an honest program needs less than a third of it. */
const ENOUGH_MS = 1_500;

/** What the kernel has noted of a process's first thread, in milliseconds: how long it ran, and how long it only could have. */
interface ProcessorTime {
  readonly ranMs: number;
  readonly waitedMs: number;
}

export interface ProcessorWaitOptions {
  /** Gives the process's number, as long as there is one. */
  readonly pid: () => number | undefined;
  /** The processor time in milliseconds of everything that it has started, and its own. Its own alone when not said. */
  readonly usedMs?: () => number;
  /** Is told how long it has waited in all until now, in milliseconds, when that is more than before; 0 when it has run enough. */
  readonly told: (waitedMs: number) => void;
}

/**
 * Looks on how long a process waits for a processor, because others have them: then it does not run, though it could. What it takes
 * from itself, with threads and processes of its own, does not count, nor does any of it for one that has run for long enough.
 */
export class ProcessorWait {
  readonly #options: ProcessorWaitOptions;
  readonly #pulse: NodeJS.Timeout;
  #toldMs = 0;

  constructor(options: ProcessorWaitOptions) {
    this.#options = options;
    this.#pulse = setInterval(() => this.look(), EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.#pulse);
  }

  /** Looks now. */
  look(): void {
    const { pid, usedMs, told } = this.#options;
    const time = processorTime(pid());
    if (time === undefined) return;
    if (time.ranMs >= ENOUGH_MS) {
      this.stop();
      if (this.#toldMs > 0) told(0);
      this.#toldMs = Number.POSITIVE_INFINITY;
      return;
    }
    const ownMs = usedMs === undefined ? 0 : Math.max(0, usedMs() - time.ranMs);
    const waitedMs = time.waitedMs - ownMs;
    if (waitedMs - this.#toldMs < EVERY_MS) return;
    this.#toldMs = waitedMs;
    told(Math.round(waitedMs));
  }
}

/** Undefined when there is no such process any more, or the kernel does not keep count. Documentation/scheduler/sched-stats.rst. */
function processorTime(pid: number | undefined): ProcessorTime | undefined {
  if (pid === undefined) return undefined;
  try {
    const [ran, waited] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ').map(Number);
    return { ranMs: (ran ?? 0) / 1e6, waitedMs: (waited ?? 0) / 1e6 };
  } catch {
    return undefined;
  }
}
