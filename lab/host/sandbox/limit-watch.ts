import { readdirSync, statfsSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import type { ControlGroup } from './control-groups.ts';
import type { LimitKind, Limits } from './limits.ts';

/** How often it is looked at what a program uses. What the kernel itself stops (memory, processes, files) needs no look to be stopped. */
const EVERY_MS = 100;
/** Node keeps a descriptor back for the moment when there are no others. */
const KEPT_BACK = 1;
const SIGNALLED = 128;

/** What is looked at. */
export interface Watched {
  readonly limits: Limits;
  readonly group: Pick<ControlGroup, 'use'>;
  /** The folder that it can write to. */
  readonly scratch: string;
}

/** Finds out that a program reaches a limit, while it runs and after its end. */
export class LimitWatch {
  readonly #parts: Watched;
  readonly #program: () => number | undefined;
  readonly #wall: NodeJS.Timeout;
  readonly #pulse: NodeJS.Timeout;

  /** @param program gives the program's number, as long as there is one */
  constructor(parts: Watched, program: () => number | undefined, reached: (kind: LimitKind) => void) {
    this.#parts = parts;
    this.#program = program;
    this.#wall = setTimeout(() => reached('wall'), parts.limits.wallMs).unref();
    this.#pulse = setInterval(() => {
      const kind = this.now();
      if (kind !== undefined) reached(kind);
    }, EVERY_MS).unref();
  }

  stop(): void {
    clearTimeout(this.#wall);
    clearInterval(this.#pulse);
  }

  /** Looks at once, while it runs. */
  now(): LimitKind | undefined {
    return this.#look() ?? this.#openFiles();
  }

  /** After its end, by an exit code as shells give it. */
  last(code: number): LimitKind | undefined {
    if (code === SIGNALLED + constants.signals.SIGXCPU) return 'cpu';
    if (code === SIGNALLED + constants.signals.SIGXFSZ) return 'disk';
    return this.#look();
  }

  #look(): LimitKind | undefined {
    const { limits, group, scratch } = this.#parts;
    const use = group.use();
    if (use.outOfMemory > 0) return 'mem';
    if (use.refusedProcesses > 0) return 'pids';
    if (use.cpuMs >= limits.cpuMs) return 'cpu';
    const disk = statfsSync(scratch);
    return disk.bavail === 0 || disk.ffree === 0 ? 'disk' : undefined;
  }

  #openFiles(): LimitKind | undefined {
    const pid = this.#program();
    return pid !== undefined && countOpen(pid) >= this.#parts.limits.descriptors - KEPT_BACK
      ? 'fds'
      : undefined;
  }
}

/** How many descriptors a process has. Since Linux 6.2 the folder's size says so. proc_pid_fd(5). */
function countOpen(pid: number): number {
  try {
    const folder = `/proc/${pid}/fd`;
    return statSync(folder).size || readdirSync(folder).length;
  } catch {
    return 0;
  }
}
