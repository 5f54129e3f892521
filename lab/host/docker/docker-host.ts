import type { Attended, Host, RunOptions, ToolResult } from '../host.ts';
import { KnobError, type KnobName } from '../knobs.ts';
import { RunningProgram } from '../program.ts';
import type { Limits } from '../sandbox/limits.ts';
import { ToolError } from '../tool.ts';
import { CallError } from './calls.ts';
import type { AnsweringContainer } from './container.ts';
import { ContainerPrograms } from './container-program.ts';
import { engineSays } from './engine-error.ts';
import { carried, carriedSubmission } from './program-files.ts';

/** What a host in a container is made of. */
export interface DockerHostParts {
  readonly name: string;
  readonly address: string;
  readonly address6: string | undefined;
  readonly knobs: ReadonlyMap<KnobName, string>;
  /** The container in which the programs run. */
  readonly launcher: AnsweringContainer;
  /** The one beside it, in the same network namespace, for everything else. */
  readonly observer: AnsweringContainer;
  /** Where programs run that nobody trusts, on a host on which there may be such; in the same network namespace as well. */
  readonly cage: Cage | undefined;
  /** Runs a container in the same network namespace that does nothing: its sysctls are set when it is made. */
  readonly passBy: (sysctls: Readonly<Record<string, string>>) => Promise<void>;
}

/** A container for programs that nobody trusts, and what each of them may use. */
export interface Cage {
  readonly launcher: AnsweringContainer;
  readonly limits: Limits;
}

/** A host that is a container. */
export class DockerHost implements Host, Attended {
  readonly name: string;
  readonly address: string;
  readonly address6: string | undefined;
  readonly attendant: AnsweringContainer;
  readonly #launcher: AnsweringContainer;
  readonly #programs: ContainerPrograms;
  readonly #caged: ContainerPrograms | undefined;
  readonly #running = new Set<RunningProgram>();
  readonly #knobs: Map<KnobName, string>;
  readonly #passBy: DockerHostParts['passBy'];
  #closed = false;

  constructor({ name, address, address6, knobs, launcher, observer, cage, passBy }: DockerHostParts) {
    this.name = name;
    this.address = address;
    this.address6 = address6;
    this.attendant = observer;
    this.#launcher = launcher;
    this.#programs = new ContainerPrograms(launcher);
    this.#caged = cage && new ContainerPrograms(cage.launcher, cage.limits);
    this.#knobs = new Map(knobs);
    this.#passBy = passBy;
  }

  /** The container in which its programs run. */
  get id(): string {
    return this.#launcher.id;
  }

  get knobs(): ReadonlyMap<KnobName, string> {
    return this.#knobs;
  }

  /**
   * The program gets CAP_NET_RAW and nothing else, a process group of its own, no standard input. One that nobody trusts runs in the
   * host's cage, where it has one.
   */
  async run(
    file: string,
    args: readonly string[],
    { untrusted = false }: RunOptions = {},
  ): Promise<RunningProgram> {
    if (this.#closed) throw new Error(`host ${this.name} is closed`);
    const process =
      untrusted && this.#caged !== undefined
        ? await this.#caged.start(carriedSubmission(file), args)
        : await this.#programs.start(carried(file), args);
    const program = new RunningProgram(this.name, file, process);
    this.#running.add(program);
    return program;
  }

  /** The tool runs beside the host: it sees the host's network, and none of its processes. */
  async exec(tool: string, args: readonly string[]): Promise<ToolResult> {
    try {
      return (await this.attendant.call('exec', tool, args)) as ToolResult;
    } catch (error) {
      if (error instanceof CallError && error.code === 'tool') throw new ToolError(tool, error);
      throw error;
    }
  }

  /** A container may not write its own sysctls. The engine sets them when it makes one, in whatever network it makes it. */
  async knob(name: KnobName, value: string): Promise<void> {
    try {
      await this.#passBy({ [sysctlName(name)]: value });
    } catch (error) {
      throw refused(this.name, new Map([[name, value]]), error) ?? error;
    }
    this.#knobs.set(name, value);
  }

  /** Stops its programs, and starts no more. */
  async stop(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#running].map((program) => program.stop()));
  }

  async close(): Promise<void> {
    await this.stop();
    await Promise.all([this.attendant.end(), this.#launcher.end()]);
  }
}

/** A knob's full name, as engines want it. */
export function sysctlName(name: KnobName): string {
  return `net.${name === 'somaxconn' ? 'core' : 'ipv4'}.${name}`;
}

/** The knob that an engine's message complains of, if it does. @param values what the knobs were to be. */
export function refused(
  host: string,
  values: ReadonlyMap<string, string>,
  error: unknown,
): KnobError | undefined {
  const says = engineSays(error);
  const name = /\/proc\/sys\/net\/(?:ipv4|core)\/(\w+)/.exec(says)?.[1];
  if (name === undefined) return undefined;
  // The kernel says the same of a value that names something it does not have.
  if (/\bopen \S+: no such file/.test(says))
    return new KnobError('unknown-knob', name, `this kernel has no knob ${name}`, error);
  const sentence = `the kernel refused ${name}=${values.get(name)} on ${host}`;
  return new KnobError('refused-knob', name, sentence, error);
}
