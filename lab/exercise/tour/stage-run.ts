import type { Gate } from '../../gate/gates.ts';
import { type Backend, makeNetwork } from '../../host/backend.ts';
import type { RunningProgram } from '../../host/program.ts';
import { ToolError } from '../../host/tool.ts';
import { segmentLine, traceLine } from '../../observe/lines.ts';
import { Observation, type ObservedHost } from '../../observe/observation.ts';
import type { SocketRecord } from '../../observe/sock-diag.ts';
import { stateOfSsLine } from '../../observe/ss.ts';
import type { TimelineData } from '../../observe/timeline.ts';
import type { Hold } from '../../observe/waits.ts';
import type { State } from '../../tcp/states.ts';
import { referenceProgram } from '../programs.ts';
import { type Stage, urgency } from './stages.ts';
import { between, judgeWire } from './wire.ts';

/** Where the stages run, and over which version of IP. */
export interface StagePlace {
  readonly backend: Backend;
  readonly ipv6?: boolean;
}

/** What became of one state of the tour. */
export interface StageResult {
  readonly state: State;
  readonly host: 'client' | 'server';
  /** Seen by sock_diag in every look of the hold, agreed to by ss, and reached for the right reason on the wire. */
  readonly held: boolean;
  readonly heldMs: number;
  readonly released: boolean;
  /** The state after the release. */
  readonly next: State | null;
  /** The line of ss for the socket; null for CLOSED, which has none. */
  readonly ss: string | null;
  readonly cookie: string | null;
  /** From the making of the hosts to the release, in milliseconds. */
  readonly ms: number;
  /** Looks of sock_diag during the hold, and the widest gap between two of them in milliseconds. */
  readonly looks: number;
  readonly widestGapMs: number;
  /** The segments that led to the state, a line each. */
  readonly segments: readonly string[];
  /** With `--trace`: what the kernel's tracepoints told of the sockets of both hosts, a line each. */
  readonly trace?: readonly string[];
  /** Why the state does not count as held and released; empty when it does. */
  readonly problems: readonly string[];
  readonly knobs: Readonly<Record<string, string>>;
}

/** A stage's result together with everything that was seen. */
export interface StageRun {
  readonly result: StageResult;
  readonly timeline: TimelineData;
}

const PORT = 8_080;
/** What a gate has held back comes again when its sender's timer says so, and that has doubled with every timeout of the hold. */
const RELEASE_MS = 20_000;

/** How far a stage is. */
export type Phase = 'starting' | 'holding' | 'releasing';

/** Runs work when it is its turn; the work of a higher priority first. */
export type TakeTurn = <T>(priority: number, work: () => T | Promise<T>) => Promise<T>;

/**
 * Runs one stage of the tour on a fresh pair of hosts: provoke, hold for `holdMs`, release. Never throws for what the kernel
 * does; what the machine lacks is thrown (ToolError, MissingLibraryError). Whatever keeps a processor busy (making hosts, starting programs) takes its turn, so that stages side by side do
 * not slow each other down; a stage that is under way goes before one that is not. Its hosts are left to `ending`: taking
 * them down would take time from the stages that still run.
 */
export async function runStage(
  { backend, ipv6 = false }: StagePlace,
  stage: Stage,
  holdMs: number,
  turn: TakeTurn,
  ending: AsyncDisposableStack,
  reached: (phase: Phase) => void = () => {},
): Promise<StageRun> {
  const priority = urgency(stage);
  const network = ending.use(
    await turn(priority, () =>
      makeNetwork(backend, { hosts: ['client', 'server'], knobs: stage.knobs ?? {}, ipv6 }),
    ),
  );
  reached('starting');
  await using observation = new Observation(network.hosts.values());
  const run = new StageInProgress(stage, observation);
  let problems: string[] = [];
  try {
    await turn(priority + 1, () => run.startServer());
    await turn(priority + 2, () => run.startClient());
    reached('holding');
    await run.hold(holdMs);
    reached('releasing');
    if (stage.release.by === 'start') await turn(priority + 3, () => run.release());
    else await run.release();
  } catch (error) {
    if (error instanceof ToolError) throw error;
    problems = [error instanceof Error ? error.message : String(error)];
  }
  await observation.look();
  return { result: run.result(problems), timeline: observation.timeline() };
}

/** The steps of one stage, and what they have found out so far. */
class StageInProgress {
  readonly #stage: Stage;
  readonly #observation: Observation;
  readonly #programs = new Map<'client' | 'server', RunningProgram>();
  #gates: readonly Gate[] = [];
  #socket: SocketRecord | undefined;
  #hold: Hold | undefined;
  #ss: string | undefined;
  #segments: string[] = [];
  #wrong: string[] = [];
  #next: State | undefined;
  #releasedMs: number | undefined;

  constructor(stage: Stage, observation: Observation) {
    this.#stage = stage;
    this.#observation = observation;
  }

  /** Closes the gates, starts the server and waits until the kernel shows it ready. */
  async startServer(): Promise<void> {
    const { server, gates = [] } = this.#stage;
    this.#gates = await Promise.all(
      gates.map(({ host, gate }) => this.#observation.of(host).gates.drop(gate)),
    );
    if (server === undefined) return;
    const program = await this.#start('server', server);
    const { waits } = this.#observation.of('server');
    if (server.startsWith('servers/withhold')) await waits.opensRawSocket({ programs: [program] });
    else await waits.reaches('LISTEN', { localPort: PORT, programs: [program] });
  }

  /** Starts the client and waits for the state. */
  async startClient(): Promise<void> {
    const { client, state } = this.#stage;
    if (client !== undefined) await this.#start('client', client);
    if (state === 'CLOSED')
      await this.#observation.of('client').waits.saw({ has: 'R', source: { port: PORT } });
    else this.#socket = await this.#target.waits.reaches(state, this.#selector());
  }

  /** Watches the state while ss is asked about it and until the time is up; then looks at why it was reached. */
  async hold(holdMs: number): Promise<void> {
    const { state, host, wire } = this.#stage;
    const { waits } = this.#target;
    const text = this.#socket === undefined ? this.#noSocket() : this.#target.ss(this.#socket);
    this.#hold = await waits.holds(state, holdMs, { ...this.#selector(), until: text });
    this.#ss = await text;
    if (this.#ss !== undefined && stateOfSsLine(this.#ss) !== state) {
      this.#wrong.push(`ss disagrees with sock_diag on ${host}: ${this.#ss}`);
    }
    // Each host's witness knows what has arrived there: all of them are asked before what they saw is put together.
    await this.#observation.look();
    const { recorder } = this.#observation;
    const segments = between(
      recorder.events,
      { port: PORT },
      this.#socket?.remote.port === 0 ? undefined : this.#otherPort(),
      0,
      recorder.milliseconds(),
    );
    this.#segments = segments.map((event) => segmentLine(event));
    this.#wrong.push(...judgeWire(wire, segments));
  }

  /** Lets the state go, and waits until the kernel has left it. */
  async release(): Promise<void> {
    const { release, state, next } = this.#stage;
    const left = this.#target.waits.leaves(state, { ...this.#selector(), deadlineMs: RELEASE_MS });
    if (release.by === 'gate') await Promise.all(this.#gates.map((gate) => gate.open()));
    else if (release.by === 'stop') this.#programs.get(release.host)?.signal('SIGTERM');
    else await this.#start(release.host, release.program);
    this.#next = await left;
    this.#releasedMs = this.#observation.recorder.milliseconds();
    if (!next.includes(this.#next))
      this.#wrong.push(`${state} was followed by ${this.#next}, not ${next.join(' or ')}`);
  }

  result(problems: readonly string[]): StageResult {
    const all = [...problems, ...this.#wrong];
    const knobs = this.#target.host.knobs;
    const trace = this.#observation.recorder.events.filter((event) => event.kind === 'trace').map(traceLine);
    return {
      state: this.#stage.state,
      host: this.#stage.host,
      held: this.#hold !== undefined && this.#wrong.length === 0,
      heldMs: this.#hold?.heldMs ?? 0,
      released: this.#next !== undefined && all.length === 0,
      next: this.#next ?? null,
      ss: this.#ss ?? null,
      cookie: this.#socket?.cookie ?? null,
      ms: this.#releasedMs ?? this.#observation.recorder.milliseconds(),
      looks: this.#hold?.looks ?? 0,
      widestGapMs: this.#hold?.widestGapMs ?? 0,
      segments: this.#segments,
      ...(trace.length === 0 ? {} : { trace }),
      problems: all,
      knobs: Object.fromEntries(knobs),
    };
  }

  get #target(): ObservedHost {
    return this.#observation.of(this.#stage.host);
  }

  async #start(host: 'client' | 'server', file: string): Promise<RunningProgram> {
    const { address, address6 } = this.#observation.of('server').host;
    const program = await this.#observation
      .of(host)
      .run(referenceProgram(file), [address6 ?? address, String(PORT)]);
    this.#programs.set(host, program);
    return program;
  }

  /** Before the socket is known, any of the connection's port on this host; then exactly this one. */
  #selector(): { cookie?: string; localPort?: number; remotePort?: number; programs: RunningProgram[] } {
    const programs = this.#stage.state === 'CLOSED' ? [] : [...this.#programs.values()];
    if (this.#socket !== undefined) return { cookie: this.#socket.cookie, programs };
    return this.#stage.host === 'server' ? { localPort: PORT, programs } : { remotePort: PORT, programs };
  }

  #otherPort(): { port: number } | undefined {
    if (this.#socket === undefined) return undefined;
    return this.#stage.host === 'server' ? this.#socket.remote : this.#socket.local;
  }

  async #noSocket(): Promise<undefined> {
    return undefined;
  }
}
