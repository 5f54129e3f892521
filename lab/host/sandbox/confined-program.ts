import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { monotonicNs } from '../../sys/clock.ts';
import type { ProcessHandle } from '../../sys/pidfd.ts';
import { ProcessorWait } from '../processor-wait.ts';
import type { ProcessListener, ProgramExit, ProgramProcess } from '../program-process.ts';
import type { ControlGroup } from './control-groups.ts';
import { LimitWatch, type Watched } from './limit-watch.ts';
import { type LimitKind, limitReached } from './limits.ts';
import { forwardOutput } from './output.ts';
import type { SetupReport } from './setup-report.ts';

export interface ConfinedParts extends Watched {
  /** bubblewrap, which waits outside of the sandbox. */
  readonly child: ChildProcess;
  /** The sandbox's first process; everything in the sandbox ends with it. */
  readonly init: ProcessHandle;
  readonly report: SetupReport;
  /** What bubblewrap has said on standard error until now. */
  readonly said: string;
  readonly group: ControlGroup;
  /** Removes what was made for it, once nothing of it is left. */
  readonly cleanUp: () => void;
}

/** Codes above this are a signal's number, added. */
const SIGNALLED = 128;

/** A program in a sandbox. Reaching a limit ends it, with everything that it has started. */
export class ConfinedProgram implements ProgramProcess {
  readonly pid: number;
  readonly startedNs = monotonicNs();
  readonly #parts: ConfinedParts;
  readonly #watch: LimitWatch;
  #reached: LimitKind | undefined;
  #killed = false;
  #program: number | undefined;
  #wait: ProcessorWait | undefined;
  readonly #told = Promise.withResolvers<void>();

  constructor(parts: ConfinedParts) {
    this.#parts = parts;
    this.pid = parts.init.pid;
    this.#watch = new LimitWatch(
      parts,
      () => this.#programPid(),
      (kind) => this.#reach(kind),
    );
  }

  listen(listener: ProcessListener): void {
    const { child, init, report, said, cleanUp } = this.#parts;
    if (said !== '') listener.printed('stderr', said);
    forwardOutput(child, this.#parts.limits, listener, () => this.#reach('output'));
    const wait = new ProcessorWait({
      pid: () => this.#programPid(),
      usedMs: () => this.#parts.group.use().cpuMs,
      told: (ms) => listener.waited?.(ms),
    });
    this.#wait = wait;
    child.once('exit', (code) => {
      this.#watch.stop();
      wait.stop();
      this.#reached ??= this.#watch.last(code ?? 0);
      const exit = this.#exit(code);
      if (this.#reached !== undefined) listener.limited?.(limitReached(this.#reached, this.#parts.limits));
      const wasKilled = this.#killed;
      listener.ended(exit);
      this.#told.resolve();
      this.#end();
      child.once('close', () => {
        const atNs = monotonicNs();
        if (this.#reached === undefined && !wasKilled && report.exitCode === undefined) listener.neverRan?.();
        void init.ended.then(() => {
          init.release();
          cleanUp();
          listener.closed(exit, atNs);
        });
      });
    });
  }

  /** The program gets it, and not bubblewrap; SIGKILL ends everything in the sandbox. */
  kill(signal: NodeJS.Signals): void {
    const program = signal === 'SIGKILL' ? undefined : this.#programPid();
    if (program !== undefined) sendSignal(program, signal);
    else if (signal === 'SIGKILL' || signal === 'SIGTERM') this.#end();
  }

  endTheRest(): void {
    this.#end();
  }

  async look(): Promise<void> {
    const { exitCode, signalCode } = this.#parts.child;
    if (exitCode !== null || signalCode !== null) return;
    this.#wait?.look();
    // One that is about to be gone shows nothing any more.
    const kind = this.#reached ?? this.#watch.now();
    if (kind === undefined) return;
    this.#reach(kind);
    await this.#told.promise;
  }

  #end(): void {
    this.#killed = true;
    this.#parts.init.kill('SIGKILL');
  }

  #reach(kind: LimitKind): void {
    this.#reached ??= kind;
    this.#end();
  }

  /** The program is the second process of its PID namespace, for the first one is bubblewrap's. proc_pid_status(5), NSpid. */
  #programPid(): number | undefined {
    if (this.#program !== undefined) return this.#program;
    const { pid } = this.#parts.init;
    try {
      const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
      this.#program = children.filter(Boolean).map(Number).find(isSecond);
    } catch {
      // It has ended.
    }
    return this.#program;
  }

  #exit(code: number | null): ProgramExit {
    if (this.#reached !== undefined || code === null) return { code: null, signal: 'SIGKILL' };
    const signal = code > SIGNALLED ? signalName(code - SIGNALLED) : undefined;
    return signal === undefined ? { code, signal: null } : { code: null, signal };
  }
}

function isSecond(pid: number): boolean {
  const ids = /^NSpid:\s+(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return ids?.split(/\s+/).pop() === '2';
}

function signalName(number: number): NodeJS.Signals | undefined {
  return Object.entries(constants.signals).find(([, each]) => each === number)?.[0] as
    | NodeJS.Signals
    | undefined;
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
