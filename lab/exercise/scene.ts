import type { Gate } from '../gate/gates.ts';
import type { GateName } from '../gate/kinds.ts';
import { Wire } from '../gate/wire.ts';
import type { WatchableHost } from '../host/host.ts';
import type { KnobName } from '../host/knobs.ts';
import type { RunningProgram } from '../host/program.ts';
import type { Observation, ObservedHost } from '../observe/observation.ts';
import type { SocketRecord } from '../observe/sock-diag.ts';
import type { SegmentEvent } from '../observe/timeline.ts';
import { WaitError } from '../observe/wait-error.ts';
import type { Hold, WaitOptions } from '../observe/waits.ts';
import type { SegmentPattern } from '../tcp/pattern.ts';
import type { State } from '../tcp/states.ts';
import type { Plan } from './plan.ts';

/** How long a state may have been missed before a wait for it gives up: another connection could still come. */
const HOPELESS_MS = 400;

/** What the lab itself provides did not do its part: nobody is judged for it. */
export class LabFault extends Error {
  override readonly name = 'LabFault';
  readonly code = 'lab-fault';
}

/** The programs of a run: which file plays which part, on which host. */
export interface Part {
  readonly host: string;
  /** Absolute path. */
  readonly file: string;
  /** Whether a student wrote it. */
  readonly student: boolean;
  /** For a file that is no program: its text, from the file when not said. */
  readonly data?: { readonly name: string; readonly text?: (plan: Plan) => string };
}

/** A wait in a scenario. */
export interface SceneWait extends WaitOptions {
  /** Goes on waiting when the student's programs have ended: what is waited for is the kernel's to do. */
  readonly patient?: boolean;
}

/**
 * What a scenario works with: the hosts, the programs, and the plan. A wait that fails ends the scenario, and then the checks
 * look at what there was until then: a scenario never judges.
 */
export class Scene {
  readonly plan: Plan;
  readonly #hosts: ReadonlyMap<string, SceneHost>;
  readonly #observation: Observation;
  readonly #afterSs: () => Promise<void>;
  /** The student's programs that were started, in that order. */
  readonly students: readonly RunningProgram[];

  constructor(
    plan: Plan,
    observation: Observation,
    hosts: Iterable<WatchableHost>,
    cast: Readonly<Record<string, Part>>,
    afterSs: () => Promise<void> = async () => {},
  ) {
    this.plan = plan;
    this.#observation = observation;
    this.#afterSs = afterSs;
    const all = [...hosts];
    const target = all.find(({ name }) => name === 'server') ?? all[0];
    const students: RunningProgram[] = [];
    this.students = students;
    this.#hosts = new Map(
      all.map((host) => [
        host.name,
        new SceneHost(
          observation.of(host.name),
          cast,
          students,
          [target?.address6 ?? target?.address ?? '', String(plan.port)],
          (text) => observation.step(text, host.name),
          afterSs,
        ),
      ]),
    );
  }

  get client(): SceneHost {
    return this.host('client');
  }

  get server(): SceneHost {
    return this.host('server');
  }

  /** @throws LabFault when the exercise has no such host. */
  host(name: string): SceneHost {
    const host = this.#hosts.get(name);
    if (host === undefined) throw new LabFault(`the exercise has no host "${name}"`);
    return host;
  }

  /** Notes in the timeline, in words, how far the scenario is. Checks find the time of it by these words. */
  async step(text: string): Promise<void> {
    await this.#observation.look();
    this.#observation.step(text);
  }

  /** Has `ss` print the sockets of all hosts, for whoever reads the timeline. */
  async ss(): Promise<void> {
    await Promise.all([...this.#hosts.values()].map((host) => host.ssTable()));
    await this.#afterSs();
  }
}

/** One host, as a scenario uses it. Waits have a deadline of five seconds when not said. */
export class SceneHost {
  readonly #observed: ObservedHost;
  readonly #cast: Readonly<Record<string, Part>>;
  readonly #students: RunningProgram[];
  readonly #arguments: readonly string[];
  readonly #note: (text: string) => void;
  readonly #afterSs: () => Promise<void>;

  /** @param afterSs is waited for whenever `ss` has printed: whoever looks by hand has the scenario stand still there. */
  constructor(
    observed: ObservedHost,
    cast: Readonly<Record<string, Part>>,
    students: RunningProgram[],
    usual: readonly string[],
    note: (text: string) => void = () => {},
    afterSs: () => Promise<void> = async () => {},
  ) {
    this.#observed = observed;
    this.#cast = cast;
    this.#students = students;
    this.#arguments = usual;
    this.#note = note;
    this.#afterSs = afterSs;
  }

  get name(): string {
    return this.#observed.host.name;
  }

  /** The address that programs are given: IPv6 when the run is about that. */
  get address(): string {
    return this.#observed.host.address6 ?? this.#observed.host.address;
  }

  /** Its IPv4 address, and the IPv6 one when it has one. */
  get addresses(): { readonly ipv4: string; readonly ipv6: string | undefined } {
    const { address, address6 } = this.#observed.host;
    return { ipv4: address, ipv6: address6 };
  }

  /**
   * Starts the program that plays a part: `node FILE ADDRESS PORT`, with the server's address and the plan's port when not
   * said. `more` comes after them.
   */
  async start(
    part: string,
    { args = this.#arguments, more = [] }: { args?: readonly string[]; more?: readonly string[] } = {},
  ): Promise<RunningProgram> {
    const played = this.#cast[part];
    if (played === undefined) throw new LabFault(`nobody plays "${part}"`);
    const program = await this.#observed.run(played.file, [...args, ...more], {
      untrusted: played.student,
    });
    if (played.student) this.#students.push(program);
    return program;
  }

  /** Makes a gate here, closed; for one port of this host, or for all when none is said. */
  async gate(name: GateName, { port }: { readonly port?: number } = {}): Promise<Gate> {
    return await this.#observed.gates.drop(name, port === undefined ? {} : { port });
  }

  /** The way out of this host, to be held and let go: nothing is lost, as it is with a gate. */
  wire(): Wire {
    return new Wire(this.#observed.host, (action) => this.#note(`what the ${this.name} sends is ${action}`));
  }

  /** Sets a sysctl of this host. */
  async knob(name: KnobName, value: string): Promise<void> {
    await this.#observed.host.knob(name, value);
  }

  /** Waits until a program here listens on a port, the plan's when not said. */
  async listens(port = Number(this.#arguments[1]), options: SceneWait = {}): Promise<SocketRecord> {
    return (await this.reaches('LISTEN', { localPort: port, ...options })) as SocketRecord;
  }

  /** Waits until a socket is in `state`; for CLOSED, until no socket fits. @throws WaitError, LabFault. */
  async reaches(state: State, options: SceneWait = {}): Promise<SocketRecord | undefined> {
    return await this.#blaming(() =>
      this.#observed.waits.reaches(state, { hopelessMs: HOPELESS_MS, ...this.#options(options) }),
    );
  }

  /** Watches a state for `ms` milliseconds. @throws WaitError when it is left. */
  async holds(state: State, ms: number, options: SceneWait = {}): Promise<Hold> {
    return await this.#blaming(() => this.#observed.waits.holds(state, ms, this.#options(options)));
  }

  /** Waits until no socket that fits is in `state`. @returns the state that followed. @throws WaitError. */
  async leaves(state: State, options: SceneWait = {}): Promise<State> {
    return await this.#blaming(() =>
      this.#observed.waits.leaves(state, this.#options({ patient: true, ...options })),
    );
  }

  /** Watches for `ms` milliseconds that no socket is in `state`. @throws WaitError when one is. */
  async never(state: State, ms: number, options: SceneWait = {}): Promise<void> {
    await this.#blaming(() => this.#observed.waits.never(state, ms, this.#options(options)));
  }

  /** Waits for a segment that arrives here; one that came since `sinceMs` counts, too. @throws WaitError. */
  async saw(
    pattern: SegmentPattern,
    options: SceneWait & { readonly sinceMs?: number } = {},
  ): Promise<SegmentEvent> {
    return await this.#blaming(() => this.#observed.waits.saw(pattern, this.#options(options)));
  }

  /** Waits until so many segments that fit have arrived here. @throws WaitError. */
  async sawAll(count: number, pattern: SegmentPattern, options: SceneWait = {}): Promise<SegmentEvent[]> {
    return await this.#blaming(() => this.#observed.waits.sawAll(count, pattern, this.#options(options)));
  }

  /** Waits until a raw program here has opened its raw socket. */
  async opensRawSocket(options: SceneWait = {}): Promise<void> {
    await this.#blaming(() => this.#observed.waits.opensRawSocket(this.#options(options)));
  }

  /** Waits until what a look at the socket table shows is as `satisfied` wants it. `wish` completes "waiting for server …". */
  async until(
    wish: string,
    satisfied: (sockets: readonly SocketRecord[]) => boolean,
    options: SceneWait = {},
  ): Promise<void> {
    await this.#blaming(() => this.#observed.waits.until(wish, satisfied, this.#options(options)));
  }

  /** Has `ss` print this host's sockets into the timeline. */
  async ss(): Promise<void> {
    await this.ssTable();
    await this.#afterSs();
  }

  /** The same, for a moment at which other hosts are asked as well: it counts as one for whoever looks by hand. */
  async ssTable(): Promise<readonly string[]> {
    return await this.#observed.ssTable();
  }

  /** Notes the rows of this host's socket table as they are now, timers included. */
  async sample(): Promise<void> {
    await this.#observed.witness.sample();
  }

  /** Reads counters of this host's network stack, such as `ListenOverflows`, into the timeline. */
  async counters(...names: string[]): Promise<void> {
    await this.#observed.counters(names);
  }

  /** Reads sysctls of this host into the timeline, for checks that expect what they imply; see `Evidence.knob`. */
  async readKnobs(...names: KnobName[]): Promise<void> {
    await this.#observed.readKnobs(names);
  }

  #options({ patient = false, ...options }: SceneWait): WaitOptions {
    return { programs: patient ? [] : this.#students, ...options };
  }

  /** Before a student's program has started, only what the lab provides can have failed. */
  async #blaming<T>(wait: () => Promise<T>): Promise<T> {
    try {
      return await wait();
    } catch (error) {
      if (error instanceof WaitError && this.#students.length === 0)
        throw new LabFault(error.sentence, { cause: error });
      throw error;
    }
  }
}
