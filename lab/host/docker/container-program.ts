import { monotonicNs } from '../../sys/clock.ts';
import { withDeadline } from '../../sys/deadline.ts';
import type { Attendant } from '../host.ts';
import type { OutputStream, ProcessListener, ProgramExit, ProgramProcess } from '../program-process.ts';
import type { Limits } from '../sandbox/limits.ts';
import type { ProgramNews } from './launcher.ts';
import type { Carried } from './program-files.ts';

/** How long a launcher may take to look at a program. */
const LOOK_MS = 10_000;

/** The programs of one container, by the launcher there. */
export class ContainerPrograms {
  readonly #launcher: Attendant;
  readonly #programs = new Map<number, ContainerProgram>();
  #last = 0;

  constructor(launcher: Attendant) {
    this.#launcher = launcher;
    launcher.listen({
      told: (event) => {
        const news = event as ProgramNews;
        this.#programs.get(news.program)?.hear(news);
      },
      failed: () => {
        for (const program of this.#programs.values()) program.lose();
      },
    });
  }

  /** @param limits for a launcher in a cage */
  async start(
    { file, files, mended }: Carried,
    args: readonly string[],
    limits?: Limits,
  ): Promise<ProgramProcess> {
    this.#last += 1;
    const number = this.#last;
    const program = new ContainerProgram(this.#launcher, number, mended);
    this.#programs.set(number, program);
    const { pid, startedNs } = (await this.#launcher.call('run', number, file, args, files, limits)) as {
      pid: number;
      startedNs: string;
    };
    program.pid = pid;
    program.startedNs = BigInt(startedNs);
    return program;
  }
}

/** A program that runs in a container. What is heard of it before anybody listens is kept until then. */
class ContainerProgram implements ProgramProcess {
  pid = 0;
  startedNs = 0n;
  readonly #launcher: Attendant;
  readonly #number: number;
  readonly #mended: (text: string) => string;
  #listener: ProcessListener | undefined;
  #early: ProgramNews[] = [];
  #over = false;

  constructor(launcher: Attendant, number: number, mended: (text: string) => string) {
    this.#launcher = launcher;
    this.#number = number;
    this.#mended = mended;
  }

  listen(listener: ProcessListener): void {
    this.#listener = listener;
    for (const news of this.#early.splice(0)) this.hear(news);
  }

  kill(signal: NodeJS.Signals): void {
    this.#call('kill', this.#number, signal);
  }

  endTheRest(): void {
    this.#call('endTheRest', this.#number);
  }

  /** What is told meanwhile is heard before the answer. */
  async look(): Promise<void> {
    const late = (): Error => new Error(`nothing is heard of its container for ${LOOK_MS / 1_000} s`);
    if (!this.#over) await withDeadline(this.#launcher.call('look', this.#number), LOOK_MS, late);
  }

  hear(news: ProgramNews): void {
    const listener = this.#listener;
    if (listener === undefined) this.#early.push(news);
    else if ('printed' in news)
      listener.printed(news.stream satisfies OutputStream, this.#mended(news.printed));
    else if ('limited' in news) listener.limited?.(news.limited);
    else if ('neverRan' in news) listener.neverRan?.();
    else if ('waitedMs' in news) listener.waited?.(news.waitedMs);
    else if ('ended' in news) listener.ended(news.ended satisfies ProgramExit);
    else {
      this.#over = true;
      listener.closed(news.closed, BigInt(news.atNs));
    }
  }

  /** Its container has ended, and it with it. */
  lose(): void {
    if (this.#over) return;
    this.hear({
      program: this.#number,
      closed: { code: null, signal: 'SIGKILL' },
      atNs: String(monotonicNs()),
    });
  }

  /** What cannot be said to a container that has ended has been done by its end. */
  #call(what: string, ...args: readonly unknown[]): void {
    this.#launcher.call(what, ...args).catch(() => {});
  }
}
