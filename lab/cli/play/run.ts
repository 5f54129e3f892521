import { release } from 'node:os';
import type { Gate } from '../../gate/gates.ts';
import { makeNetwork } from '../../host/backend.ts';
import { describeExit } from '../../host/describe-exit.ts';
import type { Network } from '../../host/host.ts';
import type { ProgramExit, RunningProgram } from '../../host/program.ts';
import { Observation } from '../../observe/observation.ts';
import type { SocketRecord } from '../../observe/sock-diag.ts';
import type { TimelineData } from '../../observe/timeline.ts';
import { EndOfPlay, isPlayed, type PlayEnding } from './end.ts';
import { type GateRequest, PLAY_HOSTS, type PlayHost, type PlayOptions } from './options.ts';
import { NotReadyError, serverReady } from './ready.ts';
import { ResetHint } from './reset-hint.ts';

/** What became of a program. */
export interface PlayedProgram {
  readonly host: PlayHost;
  /** As the user typed it. */
  readonly file: string;
  /** Null while it runs. */
  readonly exit: ProgramExit | null;
  /** The lab ended it, as the play was over. */
  readonly stopped: boolean;
}

/** A gate at the end of the play. */
export interface PlayedGate {
  readonly host: PlayHost;
  readonly gate: string;
  readonly open: boolean;
  /** Segments it dropped. */
  readonly dropped: number;
}

/** A play so far. */
export interface PlayResult {
  readonly kernel: string;
  readonly timeline: TimelineData;
  readonly programs: readonly PlayedProgram[];
  readonly gates: readonly PlayedGate[];
  readonly hints: readonly string[];
  readonly ending: PlayEnding;
}

interface OwnGate {
  readonly request: GateRequest;
  readonly gate: Gate;
  /** Segments it had dropped when the kernel was asked last. */
  dropped: number;
}

/** How often the kernel is asked what gates have dropped. */
const COUNT_MS = 100;

/** Two programs on a fresh pair of hosts, with everything that watches them. */
export class Play implements AsyncDisposable {
  readonly observation: Observation;
  readonly #options: PlayOptions;
  readonly #network: Network;
  readonly #programs = new Map<PlayHost, RunningProgram>();
  #gates: readonly OwnGate[] = [];
  readonly #sockets = new Map<PlayHost, readonly SocketRecord[]>();
  readonly #resetHint: ResetHint;
  #startedMs: number | undefined;
  #countedMs = 0;
  #ending: PlayEnding | undefined;

  /** Makes the hosts and closes the gates. Nothing runs yet. @throws KnobError when the kernel refuses a knob. */
  static async open(options: PlayOptions): Promise<Play> {
    const network = await makeNetwork(options.backend, {
      hosts: PLAY_HOSTS,
      ipv6: options.ipv6,
      ownKnobs: knobsByHost(options.knobs),
    });
    const play = new Play(options, network, new Observation(network.hosts.values()));
    try {
      await play.#closeGates();
      return play;
    } catch (error) {
      await play.close();
      throw error;
    }
  }

  private constructor(options: PlayOptions, network: Network, observation: Observation) {
    this.#options = options;
    this.#network = network;
    this.observation = observation;
    const guarded = options.gates.filter(({ gate }) => gate === 'own-rst').map(({ host }) => host);
    const unguarded = PLAY_HOSTS.filter((host) => !guarded.includes(host));
    this.#resetHint = new ResetHint(
      new Map(unguarded.map((host) => [host, observation.of(host).witness.observer])),
    );
    observation.recorder.onEvent((event) => this.#resetHint.see(event));
  }

  async #closeGates(): Promise<void> {
    this.#gates = await Promise.all(
      this.#options.gates.map(async (request) => ({
        request,
        gate: await this.observation.of(request.host).gates.drop(request.gate),
        dropped: 0,
      })),
    );
  }

  /** Server, client, until it is over; then stops what still runs. */
  async run(): Promise<void> {
    const stops = PLAY_HOSTS.map((name) =>
      this.observation.of(name).witness.watch(({ sockets }) => this.#sockets.set(name, sockets)),
    );
    try {
      const ending = (await this.#startServer()) ?? (await this.#untilOver());
      this.#ending = ending;
      this.observation.step(endingStep(ending));
      for (const name of PLAY_HOSTS) await this.#programs.get(name)?.stop();
      await this.observation.look();
      await this.#count();
    } finally {
      for (const stop of stops) stop();
    }
  }

  /** Everything so far; before the end it counts as interrupted. */
  result(): PlayResult {
    const atMs = this.observation.recorder.milliseconds();
    return {
      kernel: release(),
      timeline: this.observation.timeline(),
      programs: [...this.#programs].map(([host, { exit, stopping }]) => ({
        host,
        file: this.#options.programs[host]?.typed ?? '',
        exit: exit ?? null,
        stopped: stopping,
      })),
      gates: this.#gates.map(({ request: { host }, gate, dropped }) => ({
        host,
        gate: gate.name,
        open: gate.isOpen,
        dropped,
      })),
      hints: this.#resetHint.sentences(this.observation.recorder.events),
      ending: this.#ending ?? { reason: 'interrupted', text: 'it was interrupted', atMs },
    };
  }

  async close(): Promise<void> {
    await this.observation.close();
    await this.#network.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** @returns the end of a play whose server does not get ready. */
  async #startServer(): Promise<PlayEnding | undefined> {
    const program = await this.#start('server');
    if (program === undefined) return undefined;
    try {
      const wanted = { address: this.#address, port: this.#options.port };
      await serverReady(this.observation.of('server'), program, wanted);
      return undefined;
    } catch (error) {
      if (!(error instanceof NotReadyError)) throw error;
      return { reason: error.code, text: error.message, atMs: this.observation.recorder.milliseconds() };
    }
  }

  async #untilOver(): Promise<PlayEnding> {
    await this.#start('client');
    this.#startedMs = this.observation.recorder.milliseconds();
    const { promise, resolve, reject } = Promise.withResolvers<PlayEnding>();
    const end = new EndOfPlay(this.#options);
    // A look at the server's host: the client's was taken in the same tick.
    const stop = this.observation.of('server').witness.watch(({ atMs }) => {
      try {
        const over = this.#step(end, atMs);
        if (over !== undefined) resolve(over);
      } catch (error) {
        reject(error);
      }
    });
    try {
      const ending = await promise;
      return (await this.#neverConnected()) ?? ending;
    } finally {
      stop();
    }
  }

  #step(end: EndOfPlay, nowMs: number): PlayEnding | undefined {
    const startedMs = this.#startedMs ?? nowMs;
    for (const { request, gate } of this.#gates) {
      if (request.opensMs !== undefined && nowMs - startedMs >= request.opensMs) void gate.open();
    }
    if (nowMs - this.#countedMs >= COUNT_MS) {
      this.#countedMs = nowMs;
      void this.#count();
    }
    const sockets = PLAY_HOSTS.flatMap((name) => [...(this.#sockets.get(name) ?? [])]);
    return end.judge({ nowMs, startedMs, programs: this.#programs, sockets });
  }

  /** The end of a play whose client ended by itself and never had anything to do with TCP. */
  async #neverConnected(): Promise<PlayEnding | undefined> {
    const client = this.#programs.get('client');
    if (client?.exit === undefined) return undefined;
    await client.exited;
    await this.observation.look();
    const { recorder } = this.observation;
    const touched = recorder.events.some(
      (event) =>
        (event.kind === 'segment' && event.from === 'client') ||
        (event.kind === 'socket' && event.host === 'client'),
    );
    if (touched) return undefined;
    const text = `${describeExit(client)}, and never opened a connection.`;
    return { reason: 'never-connects', text, atMs: recorder.milliseconds() };
  }

  get #address(): string {
    const { address, address6 } = this.observation.of('server').host;
    return address6 ?? address;
  }

  /** Asks the kernel what the gates have dropped: an interrupted play has no time for that. */
  async #count(): Promise<void> {
    for (const own of this.#gates) own.dropped = (await own.gate.dropped()).segments;
  }

  async #start(host: PlayHost): Promise<RunningProgram | undefined> {
    const file = this.#options.programs[host];
    if (file === undefined) return undefined;
    const program = await this.observation
      .of(host)
      .run(file.path, [this.#address, String(this.#options.port)]);
    this.#programs.set(host, program);
    return program;
  }
}

function knobsByHost(requests: PlayOptions['knobs']): Record<PlayHost, Record<string, string>> {
  const knobs: Record<PlayHost, Record<string, string>> = { client: {}, server: {} };
  for (const { host, name, value } of requests)
    for (const one of host === undefined ? PLAY_HOSTS : [host]) knobs[one][name] = value;
  return knobs;
}

function endingStep({ reason }: PlayEnding): string {
  const what = isPlayed(reason) ? 'the play is over' : 'the play cannot go on';
  return `${what}, and the lab stops what still runs`;
}
