import type { ChildProcess } from 'node:child_process';
import { monotonicNs } from '../sys/clock.ts';
import { ProcessorWait } from './processor-wait.ts';
import type { LimitReached } from './sandbox/limits.ts';

/** How a program ended: an exit code, or the signal that ended it. */
export interface ProgramExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export type OutputStream = 'stdout' | 'stderr';

/** Who is told what becomes of a process. Times are CLOCK_MONOTONIC in nanoseconds. */
export interface ProcessListener {
  printed(stream: OutputStream, text: string): void;
  /** Of one that is confined, before its end: it has reached a limit, and was ended for that. */
  limited?(limit: LimitReached): void;
  /** Of one that is confined, before its end: its sandbox could not be made, and nothing of it has run. */
  neverRan?(): void;
  /** While it runs: how long it has waited for a processor until now, in milliseconds, as others had them all. */
  waited?(ms: number): void;
  /** It has ended; somebody else may still hold its output. */
  ended(exit: ProgramExit): void;
  /** It has ended, and its output is complete. */
  closed(exit: ProgramExit, atNs: bigint): void;
}

/** A process that runs a program: a child of this one, or one in a container. */
export interface ProgramProcess {
  /** 0 when it could not be started; in a container, its number there. */
  readonly pid: number;
  readonly startedNs: bigint;
  /** To be called once, at once. */
  listen(listener: ProcessListener): void;
  /** Sends a signal; nothing happens when it has ended. */
  kill(signal: NodeJS.Signals): void;
  /** Of a process that has ended: ends what it has left in its process group, and lets go of output that somebody else holds. */
  endTheRest(): void;
  /**
   * Has told what there is to be told of it now: a limit that it has reached, which ends it, and how long it has waited. Rejects when
   * nobody can say.
   */
  look(): Promise<void>;
}

/** What a program has printed before its end arrives within this time. */
const OUTPUT_MS = 200;

/** A child of this process, spawned in a process group of its own, with pipes for standard output and error. */
export class ChildProgram implements ProgramProcess {
  readonly pid: number;
  readonly startedNs = monotonicNs();
  readonly #child: ChildProcess;
  #wait: ProcessorWait | undefined;

  constructor(child: ChildProcess) {
    this.#child = child;
    this.pid = child.pid ?? 0;
  }

  listen(listener: ProcessListener): void {
    const child = this.#child;
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream]?.setEncoding('utf8').on('data', (text: string) => listener.printed(stream, text));
    const wait = new ProcessorWait({ pid: () => child.pid, told: (ms) => listener.waited?.(ms) });
    this.#wait = wait;
    child.once('error', (error) => {
      wait.stop();
      listener.printed('stderr', error.message);
      listener.closed({ code: 127, signal: null }, monotonicNs());
    });
    child.once('exit', (code, signal) => {
      wait.stop();
      listener.ended({ code, signal });
    });
    child.once('close', (code, signal) => listener.closed({ code, signal }, monotonicNs()));
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  endTheRest(): void {
    if (this.pid === 0) return;
    try {
      process.kill(-this.pid, 'SIGKILL');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
    letGoOfOutput(this.#child);
  }

  async look(): Promise<void> {
    this.#wait?.look();
  }
}

/** Of a child that has ended: takes what it has printed, and lets go of output that somebody else still holds. */
export function letGoOfOutput(child: ChildProcess): void {
  const timer = setTimeout(() => {
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, OUTPUT_MS);
  child.once('close', () => clearTimeout(timer));
}
