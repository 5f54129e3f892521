import { basename } from 'node:path';
import { withDeadline } from '../sys/deadline.ts';
import type { OutputStream, ProgramExit, ProgramProcess } from './program-process.ts';
import type { LimitReached } from './sandbox/limits.ts';

export type { OutputStream, ProgramExit } from './program-process.ts';

const OUTPUT_LIMIT = 1 << 20;
const STOP_MS = 2_000;

/** A program under test, as its own process. What it prints is kept for people; no verdict is ever drawn from it. */
export class RunningProgram {
  readonly file: string;
  readonly host: string;
  readonly pid: number;
  /** Resolves when the process has ended and its output is complete. Never rejects. */
  readonly exited: Promise<ProgramExit>;
  /** CLOCK_MONOTONIC, nanoseconds. */
  readonly startedNs: bigint;
  readonly #process: ProgramProcess;
  #stdout = '';
  #stderr = '';
  #exit: ProgramExit | undefined;
  #stopping = false;
  #endedAtMs: number | undefined;
  #closedNs: bigint | undefined;
  #limit: LimitReached | undefined;
  #hasRun = true;
  #waitedMs = 0;
  /** What it has printed while nobody listened. */
  readonly #unheard: [stream: OutputStream, text: string][] = [];
  #unheardLetters = 0;
  #printed = (stream: OutputStream, text: string): void => {
    if (this.#unheardLetters >= OUTPUT_LIMIT) return;
    this.#unheardLetters += text.length;
    this.#unheard.push([stream, text]);
  };

  constructor(host: string, file: string, process: ProgramProcess) {
    this.host = host;
    this.file = file;
    this.pid = process.pid;
    this.startedNs = process.startedNs;
    this.#process = process;
    const { promise, resolve } = Promise.withResolvers<ProgramExit>();
    this.exited = promise;
    process.listen({
      printed: (stream, text) => {
        if (stream === 'stdout') this.#stdout += text.slice(0, OUTPUT_LIMIT - this.#stdout.length);
        else this.#stderr += text.slice(0, OUTPUT_LIMIT - this.#stderr.length);
        this.#printed(stream, text);
      },
      limited: (limit) => {
        this.#limit = limit;
      },
      neverRan: () => {
        this.#hasRun = false;
      },
      waited: (ms) => {
        this.#waitedMs = ms;
      },
      ended: (exit) => {
        this.#exit = exit;
        this.#endedAtMs = performance.now();
        if (this.#stopping) process.endTheRest();
      },
      closed: (exit, atNs) => {
        this.#exit ??= exit;
        this.#closedNs = atNs;
        resolve(this.#exit);
      },
    });
  }

  /** Its name in messages: the file without its folder. */
  get name(): string {
    return basename(this.file);
  }

  get stdout(): string {
    return this.#stdout;
  }

  get stderr(): string {
    return this.#stderr;
  }

  /**
   * Calls `listener` with whatever it prints from its beginning on, in the pieces in which it comes. What was printed already is told at once: a
   * program in a container may have printed all and ended before it is known here that it has started. One listener at most.
   */
  onOutput(listener: (stream: OutputStream, text: string) => void): void {
    this.#printed = listener;
    for (const [stream, text] of this.#unheard.splice(0)) listener(stream, text);
  }

  /** How it ended, or undefined while it runs. */
  get exit(): ProgramExit | undefined {
    return this.#exit;
  }

  /** The limit that ended it, for a program that was confined; see lab/host/sandbox/. */
  get limit(): LimitReached | undefined {
    return this.#limit;
  }

  /** False when its sandbox could not be made: that is the lab's fault, and nobody is judged for it. */
  get hasRun(): boolean {
    return this.#hasRun;
  }

  /** How long it has waited for a processor, in milliseconds: it could have run, but others had them all. */
  get waitedMs(): number {
    return this.#waitedMs;
  }

  /** Brings `limit` and `waitedMs` up to now. @throws Error when it cannot be seen. */
  async look(): Promise<void> {
    if (this.#exit === undefined) await this.#process.look();
  }

  /** How long ago it ended, in milliseconds; 0 while it runs. */
  get endedForMs(): number {
    return this.#endedAtMs === undefined ? 0 : performance.now() - this.#endedAtMs;
  }

  /** When it had ended and its output was complete, CLOCK_MONOTONIC in nanoseconds; undefined before. */
  get closedNs(): bigint | undefined {
    return this.#closedNs;
  }

  /** Whether the lab asked it to stop: an end after that is no surprise. */
  get stopping(): boolean {
    return this.#stopping;
  }

  /** Sends a signal, SIGTERM when not said. Nothing happens when the program has ended. */
  signal(signal: NodeJS.Signals = 'SIGTERM'): void {
    if (this.#exit !== undefined) return;
    if (signal === 'SIGTERM' || signal === 'SIGKILL') this.#stopping = true;
    this.#process.kill(signal);
  }

  /**
   * SIGTERM, and SIGKILL for one that is still there after two seconds. Resolves when it is gone, and with it whatever it
   * has started in its own process group.
   */
  async stop(): Promise<ProgramExit> {
    this.signal('SIGTERM');
    if (this.#exit !== undefined) this.#process.endTheRest();
    try {
      return await withDeadline(this.exited, STOP_MS, () => new Error('still running'));
    } catch {
      this.signal('SIGKILL');
      return await this.exited;
    }
  }
}
