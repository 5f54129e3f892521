import { type Holder, holdersOf } from './holders.ts';
import type { ObservedProcess } from './observed-process.ts';
import { type Memory, NOTHING_YET, type Survey, survey } from './survey.ts';
import type { Viewpoint } from './viewpoint.ts';
import type { Warning } from './warning.ts';

/** A warning, and the processes that hold the sockets it is about; undefined when none does, or none can be seen from here. */
export interface HeldWarning extends Omit<Warning, 'inodes'> {
  readonly holders: readonly Holder[] | undefined;
}

export interface HeldSurvey extends Omit<Survey, 'warnings'> {
  /** How long it took to look and to conclude, in milliseconds. */
  readonly tookMs: number;
  readonly warnings: readonly HeldWarning[];
}

/** Looks again and again, and remembers. */
export class Surveyor {
  readonly #viewpoint: Viewpoint;
  readonly #port: number | undefined;
  readonly #process: ObservedProcess | undefined;
  #memory: Memory = NOTHING_YET;

  constructor(
    viewpoint: Viewpoint,
    wanted: { readonly port?: number; readonly process?: ObservedProcess } = {},
  ) {
    this.#viewpoint = viewpoint;
    this.#port = wanted.port;
    this.#process = wanted.process;
  }

  /** @throws ObserveError when the process has ended, SystemCallError, or what a program beside the namespace has to say. */
  async next(): Promise<HeldSurvey> {
    const begunMs = performance.now();
    // What is accepted or closed while the table is read is held before it, or after.
    const before = this.#process?.sockets();
    const look = await this.#viewpoint.look();
    const inodes =
      before === undefined ? undefined : before.union(this.#process?.sockets() ?? new Set<number>());
    const found = survey(look, { port: this.#port, inodes }, this.#memory);
    this.#memory = found.memory;
    const warnings = found.survey.warnings.map(({ inodes: held, ...warning }) => ({
      ...warning,
      holders: held === undefined || !this.#viewpoint.seesProcesses ? undefined : holdersOf(held),
    }));
    return { ...found.survey, warnings, tookMs: performance.now() - begunMs };
  }
}
