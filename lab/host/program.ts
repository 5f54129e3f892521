import type { ChildProcess } from 'node:child_process';
import { basename } from 'node:path';
import { withDeadline } from '../sys/deadline.ts';

/** How a program ended: an exit code, or the signal that ended it. */
export interface ProgramExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export type OutputStream = 'stdout' | 'stderr';

const OUTPUT_LIMIT = 1 << 20;
const STOP_MS = 2_000;
/** What a program has printed before its end arrives within this time. */
const OUTPUT_MS = 200;

/** A program under test, as its own process. What it prints is kept for people; no verdict is ever drawn from it. */
export class RunningProgram {
  readonly file: string;
  readonly host: string;
  readonly pid: number;
  /** Resolves when the process has ended and its output is complete. Never rejects. */
  readonly exited: Promise<ProgramExit>;
  readonly #child: ChildProcess;
  #stdout = '';
  #stderr = '';
  #exit: ProgramExit | undefined;
  #stopping = false;
  #endedAtMs: number | undefined;
  #printed: (stream: OutputStream, text: string) => void = () => {};

  /** @param child spawned with pipes for standard output and error. */
  constructor(host: string, file: string, child: ChildProcess) {
    this.host = host;
    this.file = file;
    this.#child = child;
    this.pid = child.pid ?? 0;
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text.slice(0, OUTPUT_LIMIT - this.#stdout.length);
      this.#printed('stdout', text);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text.slice(0, OUTPUT_LIMIT - this.#stderr.length);
      this.#printed('stderr', text);
    });
    const { promise, resolve } = Promise.withResolvers<ProgramExit>();
    this.exited = promise;
    const ended = (exit: ProgramExit): void => {
      this.#exit ??= exit;
      resolve(this.#exit);
    };
    child.once('error', (error) => {
      this.#stderr += error.message;
      ended({ code: 127, signal: null });
    });
    child.once('exit', (code, signal) => {
      this.#exit = { code, signal };
      this.#endedAtMs = performance.now();
      if (this.#stopping) this.#endTheRest();
    });
    child.once('close', (code, signal) => ended({ code, signal }));
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

  /** Calls `listener` with whatever it prints from now on, in the pieces in which it comes. One listener at most. */
  onOutput(listener: (stream: OutputStream, text: string) => void): void {
    this.#printed = listener;
  }

  /** How it ended, or undefined while it runs. */
  get exit(): ProgramExit | undefined {
    return this.#exit;
  }

  /** How long ago it ended, in milliseconds; 0 while it runs. */
  get endedForMs(): number {
    return this.#endedAtMs === undefined ? 0 : performance.now() - this.#endedAtMs;
  }

  /** Whether the lab asked it to stop: an end after that is no surprise. */
  get stopping(): boolean {
    return this.#stopping;
  }

  /** Sends a signal, SIGTERM when not said. Nothing happens when the program has ended. */
  signal(signal: NodeJS.Signals = 'SIGTERM'): void {
    if (this.#exit !== undefined) return;
    if (signal === 'SIGTERM' || signal === 'SIGKILL') this.#stopping = true;
    this.#child.kill(signal);
  }

  /**
   * SIGTERM, and SIGKILL for one that is still there after two seconds. Resolves when it is gone, and with it whatever it
   * has started in its own process group.
   */
  async stop(): Promise<ProgramExit> {
    this.signal('SIGTERM');
    if (this.#exit !== undefined) this.#endTheRest();
    try {
      return await withDeadline(this.exited, STOP_MS, () => new Error('still running'));
    } catch {
      this.signal('SIGKILL');
      return await this.exited;
    }
  }

  /** Of a program that has ended: the processes it has left in its group, and its output that somebody else still holds. */
  #endTheRest(): void {
    if (this.pid === 0) return;
    try {
      process.kill(-this.pid, 'SIGKILL');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
    const timer = setTimeout(() => {
      this.#child.stdout?.destroy();
      this.#child.stderr?.destroy();
    }, OUTPUT_MS);
    void this.exited.then(() => clearTimeout(timer));
  }
}
