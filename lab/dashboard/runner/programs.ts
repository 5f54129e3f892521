import { keepCompiled } from '../../host/compile/keep-compiled.ts';
import type { RunningProgram } from '../../host/program.ts';
import type { Observation } from '../../observe/observation.ts';
import type { TimelineEvent } from '../../observe/timeline.ts';
import type { ProgramStatus } from '../protocol.ts';

/** So many programs run on one host at the same time at most: a finger that stays on a key starts one after the other. */
const MOST = 8;

/** The programs of a run as its timeline tells of them, and those that were started by hand. */
export class Programs {
  readonly #status = new Map<string, { readonly host: string; readonly status: ProgramStatus }>();
  readonly #own = new Map<number, RunningProgram>();

  /** Takes an event. @returns whether it says anything new of a program. */
  see(event: TimelineEvent): boolean {
    if (event.kind !== 'program') return false;
    const { host, pid, program, action, how } = event;
    const isRunning = action === 'started';
    const ending = isRunning || how === undefined ? {} : { how: event.because ?? how };
    this.#status.set(`${host} ${pid}`, { host, status: { pid, name: program, isRunning, ...ending } });
    return true;
  }

  of(host: string): ProgramStatus[] {
    return [...this.#status.values()].flatMap(({ status, ...program }) =>
      program.host === host ? [status] : [],
    );
  }

  /** Starts a program by hand: `node FILE ADDRESS PORT`. @throws Error when too many run there. */
  async start(observation: Observation, host: string, file: string, args: readonly string[]): Promise<void> {
    if (this.of(host).filter(({ isRunning }) => isRunning).length >= MOST)
      throw new Error(`${MOST} programs run on the ${host} already. Stop one of them first.`);
    await keepCompiled([file]);
    const program = await observation.of(host).run(file, args);
    this.#own.set(program.pid, program);
  }

  /** Stops a program that was started by hand. @throws Error for another one. */
  async stop(pid: number): Promise<void> {
    const program = this.#own.get(pid);
    if (program === undefined) throw new Error('That program was not started by hand, so the run stops it.');
    await program.stop();
  }

  /** Stops all that were started by hand. */
  async stopAll(): Promise<void> {
    await Promise.all([...this.#own.values()].map((program) => program.stop()));
  }
}
