import { monotonicNs } from '../../sys/clock.ts';
import { withDeadline } from '../../sys/deadline.ts';
import type { Attendant } from '../host.ts';
import type { OutputStream, ProcessListener, ProgramExit, ProgramProcess } from '../program-process.ts';
import { type LimitReached, type Limits, limitReached } from '../sandbox/limits.ts';
import type { AnsweringContainer } from './container.ts';
import type { ProgramNews } from './launcher.ts';
import type { Carried } from './program-files.ts';

/** How long a launcher may take to look at a program. */
const LOOK_MS = 10_000;

/** The programs of one container, by the launcher there. */
export class ContainerPrograms {
  readonly #launcher: AnsweringContainer;
  readonly #programs = new Map<number, ContainerProgram>();
  readonly #limits: Limits | undefined;
  #last = 0;

  /** @param limits for a launcher in a cage */
  constructor(launcher: AnsweringContainer, limits?: Limits) {
    this.#launcher = launcher;
    this.#limits = limits;
    launcher.listen({
      told: (event) => {
        const news = event as ProgramNews;
        this.#programs.get(news.program)?.hear(news);
      },
      failed: () => {
        const lost = [...this.#programs.values()].filter(({ isOver }) => !isOver);
        const why = lost.length > 0 && this.#limits !== undefined ? this.#whyLost(this.#limits) : undefined;
        for (const program of lost) program.lose(why);
      },
    });
  }

  /**
   * A program in a cage can have the kernel end the launcher before itself when memory is short: it may say which of its own processes
   * comes first, and so that none does.
   */
  async #whyLost(limits: Limits): Promise<LimitReached | undefined> {
    const isMemory = await this.#launcher.ranOutOfMemory().catch(() => false);
    return isMemory ? limitReached('mem', limits) : undefined;
  }

  async start({ file, files, mended }: Carried, args: readonly string[]): Promise<ProgramProcess> {
    this.#last += 1;
    const number = this.#last;
    const program = new ContainerProgram(this.#launcher, number, mended);
    this.#programs.set(number, program);
    const { pid, startedNs } = (await this.#launcher.call(
      'run',
      number,
      file,
      args,
      files,
      this.#limits,
    )) as {
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
  #lost: Promise<void> | undefined;

  constructor(launcher: Attendant, number: number, mended: (text: string) => string) {
    this.#launcher = launcher;
    this.#number = number;
    this.#mended = mended;
  }

  get isOver(): boolean {
    return this.#over;
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
    if (this.#over) return;
    const looked = this.#launcher.call('look', this.#number).catch(async (error: unknown) => {
      if (this.#lost === undefined) throw error;
      await this.#lost;
    });
    await withDeadline(looked, LOOK_MS, late);
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

  /** Its container has ended, and it with it. @param why the limit that was reached in it, when that is known */
  lose(why: Promise<LimitReached | undefined> = Promise.resolve(undefined)): void {
    const atNs = String(monotonicNs());
    const program = this.#number;
    this.#lost ??= why.then((limited) => {
      if (limited !== undefined) this.hear({ program, limited });
      this.hear({ program, closed: { code: null, signal: 'SIGKILL' }, atNs });
    });
  }

  /** What cannot be said to a container that has ended has been done by its end. */
  #call(what: string, ...args: readonly unknown[]): void {
    this.#launcher.call(what, ...args).catch(() => {});
  }
}
