import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import { grantToChildren } from '../../sys/capabilities.ts';
import { closeNamespace, inNamespace } from '../../sys/namespace.ts';
import type { Host, Place, RunOptions, ToolResult } from '../host.ts';
import { KnobError, type KnobName, knobFile } from '../knobs.ts';
import { labImportsFor } from '../lab-imports-for.ts';
import { RunningProgram } from '../program.ts';
import { programEnvironment } from '../program-environment.ts';
import { ChildProgram } from '../program-process.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { outcome } from '../tool.ts';

/** Programs yield to the lab that watches them, so that a busy machine does not make the witnesses blind. nice(2). */
const PROGRAM_NICE = 5;

/** What a host has on which untrusted programs run. */
export interface Cage {
  readonly sandbox: Sandbox;
  /** The user namespace that the host's network namespace belongs to, as a descriptor. */
  readonly userNamespace: number;
  readonly wallMs: number;
}

/** A host that is a network namespace of this machine, kept alive by a descriptor. */
export class NamespaceHost implements Host, Place, AsyncDisposable {
  readonly name: string;
  readonly address: string;
  readonly address6: string | undefined;
  readonly namespace: number;
  readonly #knobs = new Map<KnobName, string>();
  readonly #programs = new Set<RunningProgram>();
  readonly #cage: Cage | undefined;
  #closed: Promise<void> | undefined;

  constructor(name: string, namespace: number, address: string, address6: string | undefined, cage?: Cage) {
    this.name = name;
    this.namespace = namespace;
    this.address = address;
    this.address6 = address6;
    this.#cage = cage;
  }

  get knobs(): ReadonlyMap<KnobName, string> {
    return this.#knobs;
  }

  /** Runs synchronous work in this host's network namespace. @throws TypeError when it returns a promise. */
  enter<T>(work: () => T): T {
    if (this.#closed !== undefined) throw new Error(`host ${this.name} is closed`);
    return inNamespace(this.namespace, work);
  }

  /**
   * The program gets CAP_NET_RAW and nothing else, a process group of its own, no standard input. One that nobody trusts is
   * confined on a host that is made for that.
   */
  async run(
    file: string,
    args: readonly string[],
    { untrusted = false }: RunOptions = {},
  ): Promise<RunningProgram> {
    if (untrusted && this.#cage !== undefined) return await this.#runConfined(this.#cage, file, args);
    const child = this.enter(() => {
      grantToChildren(['NET_RAW']);
      return spawn(process.execPath, [...labImportsFor(file), file, ...args], {
        detached: true,
        env: programEnvironment(),
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    });
    const program = new RunningProgram(this.name, file, new ChildProgram(child));
    this.#programs.add(program);
    // One that is nicer already, as everything is under nice(1), may not be made less so.
    if (child.pid !== undefined && getPriority() < PROGRAM_NICE) setPriority(child.pid, PROGRAM_NICE);
    return program;
  }

  async #runConfined(cage: Cage, file: string, args: readonly string[]): Promise<RunningProgram> {
    const { sandbox, userNamespace, wallMs } = cage;
    const cell = { host: this.name, userNamespace, enter: <T>(work: () => T): T => this.enter(work) };
    const program = new RunningProgram(this.name, file, await sandbox.start(cell, file, args, wallMs));
    this.#programs.add(program);
    // Closed while the sandbox was being made.
    if (this.#closed !== undefined) await program.stop();
    return program;
  }

  async exec(tool: string, args: readonly string[]): Promise<ToolResult> {
    const child = this.enter(() => {
      grantToChildren(['NET_ADMIN', 'NET_RAW']);
      return spawn(tool, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    });
    return await outcome(tool, child);
  }

  /**
   * Starts a command here for somebody at a terminal, on this process's own standard streams, with the capabilities to look at
   * everything and to enter the other hosts. `descriptors` are its own from 3 on.
   */
  attach(
    command: string,
    args: readonly string[],
    { descriptors, env }: { readonly descriptors: readonly number[]; readonly env: NodeJS.ProcessEnv },
  ): ChildProcess {
    return this.enter(() => {
      grantToChildren(['NET_ADMIN', 'NET_RAW', 'SYS_ADMIN']);
      return spawn(command, args, { env, stdio: ['inherit', 'inherit', 'inherit', ...descriptors] });
    });
  }

  async knob(name: KnobName, value: string): Promise<void> {
    this.setKnob(name, value);
  }

  /** The same at once. */
  setKnob(name: KnobName, value: string): void {
    try {
      this.enter(() => writeFileSync(knobFile(name), value));
    } catch (cause) {
      const missing = !this.enter(() => existsSync(knobFile(name)));
      const sentence = missing
        ? `this kernel has no knob ${name}`
        : `the kernel refused ${name}=${value} on ${this.name}`;
      throw new KnobError(missing ? 'unknown-knob' : 'refused-knob', name, sentence, cause);
    }
    this.#knobs.set(name, value);
  }

  /** What the kernel has for a knob now. */
  readKnob(name: KnobName): string {
    return this.enter(() => readFileSync(knobFile(name), 'utf8')).trim();
  }

  /** Ends the host's programs and lets go of the namespace. */
  close(): Promise<void> {
    this.#closed ??= this.#end();
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #end(): Promise<void> {
    await Promise.all([...this.#programs].map((program) => program.stop()));
    this.letGo();
  }

  /** Lets go of the namespaces of a host that runs nothing. */
  letGo(): void {
    closeNamespace(this.namespace);
    if (this.#cage !== undefined) closeNamespace(this.#cage.userNamespace);
  }
}
