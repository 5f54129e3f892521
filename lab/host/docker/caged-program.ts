import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { monotonicNs } from '../../sys/clock.ts';
import { ProcessorWait } from '../processor-wait.ts';
import {
  letGoOfOutput,
  type ProcessListener,
  type ProgramExit,
  type ProgramProcess,
} from '../program-process.ts';
import { LimitWatch, type Watched } from '../sandbox/limit-watch.ts';
import { type LimitKind, limitReached } from '../sandbox/limits.ts';
import { forwardOutput } from '../sandbox/output.ts';

/** Shells add a signal's number to this. */
const SIGNALLED = 128;

export interface CagedParts extends Watched {
  /**
   * Ends the program with what it has started, as far as that can be told from what another program in the cage has started; or
   * everybody, as one who has reached a limit takes it from the others, too.
   */
  readonly end: (everybody: boolean) => void;
}

/** A program in a cage, a child of the launcher there. Reaching a limit ends it, with everything that it has started. */
export class CagedProgram implements ProgramProcess {
  readonly pid: number;
  readonly startedNs = monotonicNs();
  readonly #child: ChildProcess;
  readonly #parts: CagedParts;
  readonly #watch: LimitWatch;
  #wait: ProcessorWait | undefined;
  #reached: LimitKind | undefined;
  #isOver = false;
  readonly #told = Promise.withResolvers<void>();

  constructor(child: ChildProcess, parts: CagedParts) {
    this.#child = child;
    this.#parts = parts;
    this.pid = child.pid ?? 0;
    this.#watch = new LimitWatch(
      parts,
      () => (this.#isOver ? undefined : child.pid),
      (kind) => this.#reach(kind),
    );
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  listen(listener: ProcessListener): void {
    const child = this.#child;
    forwardOutput(child, this.#parts.limits, listener, () => this.#reach('output'));
    this.#wait = new ProcessorWait({
      pid: () => (this.#isOver ? undefined : child.pid),
      usedMs: () => this.#parts.group.use().cpuMs,
      told: (ms) => listener.waited?.(ms),
    });
    child.once('error', (error) => {
      this.#over();
      listener.printed('stderr', error.message);
      listener.neverRan?.();
      this.#told.resolve();
      listener.closed({ code: 127, signal: null }, monotonicNs());
    });
    child.once('exit', (code, signal) => {
      this.#over();
      this.#reached ??= this.#watch.last(
        signal === null ? (code ?? 0) : SIGNALLED + constants.signals[signal],
      );
      if (this.#reached !== undefined) listener.limited?.(limitReached(this.#reached, this.#parts.limits));
      const exit: ProgramExit =
        this.#reached === undefined ? { code, signal } : { code: null, signal: 'SIGKILL' };
      listener.ended(exit);
      this.#told.resolve();
      this.endTheRest();
      child.once('close', () => listener.closed(exit, monotonicNs()));
    });
  }

  /** SIGKILL ends everything that the program has started as well. */
  kill(signal: NodeJS.Signals): void {
    if (this.#isOver) return;
    if (signal === 'SIGKILL') this.#end(false);
    else this.#child.kill(signal);
  }

  endTheRest(): void {
    this.#end(false);
    letGoOfOutput(this.#child);
  }

  async look(): Promise<void> {
    if (this.#isOver) return;
    this.#wait?.look();
    // One that is about to be gone shows nothing any more.
    const kind = this.#reached ?? this.#watch.now();
    if (kind === undefined) return;
    this.#reach(kind);
    await this.#told.promise;
  }

  #over(): void {
    this.#isOver = true;
    this.#watch.stop();
    this.#wait?.stop();
  }

  #reach(kind: LimitKind): void {
    this.#reached ??= kind;
    this.#end(true);
  }

  #end(everybody: boolean): void {
    if (this.pid !== 0) this.#parts.end(everybody);
  }
}
