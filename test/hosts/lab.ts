import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type Backend, makeNetwork } from '../../lab/host/backend.ts';
import type { Network, NetworkPlan, WatchableHost } from '../../lab/host/host.ts';
import type { RunningProgram } from '../../lab/host/program.ts';
import { Observation, type ObservedHost } from '../../lab/observe/observation.ts';
import type { SocketRecord } from '../../lab/observe/sock-diag.ts';
import type { SegmentEvent } from '../../lab/observe/timeline.ts';
import { matchesSegment, type SegmentPattern } from '../../lab/tcp/pattern.ts';
import { program } from '../kernel/support/programs.ts';

/** Both ends of an established connection. */
export interface Ends {
  readonly client: SocketRecord;
  readonly server: SocketRecord;
}

/** A network of one backend with everything that watches it. Disposing of it removes everything. */
export class Lab implements AsyncDisposable {
  readonly network: Network<WatchableHost>;
  readonly observation: Observation;
  #lastPort = 8_079;
  #programs: RunningProgram[] = [];

  private constructor(network: Network<WatchableHost>) {
    this.network = network;
    this.observation = new Observation(network.hosts.values());
  }

  static async on(backend: Backend, plan: Partial<NetworkPlan> = {}): Promise<Lab> {
    return new Lab(await makeNetwork(backend, { hosts: ['client', 'server'], ...plan }));
  }

  get client(): ObservedHost {
    return this.observation.of('client');
  }

  get server(): ObservedHost {
    return this.observation.of('server');
  }

  /** A port that no test on this network has used. */
  port(): number {
    this.#lastPort += 1;
    return this.#lastPort;
  }

  /** Runs a program, which `stopAll` stops. */
  async run(at: ObservedHost, file: string, ...args: readonly (string | number)[]): Promise<RunningProgram> {
    const running = await at.run(file, args.map(String));
    this.#programs.push(running);
    return running;
  }

  /** Runs a program to its end. */
  async ran(at: ObservedHost, file: string, ...args: readonly (string | number)[]): Promise<RunningProgram> {
    const running = await this.run(at, file, ...args);
    await running.exited;
    return running;
  }

  async stopAll(): Promise<void> {
    await Promise.all(this.#programs.splice(0).map((running) => running.stop()));
  }

  /** Starts a server program of this checkout on the server, and waits until the kernel shows that it listens. */
  async serve(
    port: number,
    { file = 'servers/echo.ts', address = this.server.host.address, at = this.server } = {},
  ): Promise<RunningProgram> {
    const running = await this.run(at, program(file), address, port);
    await at.waits.reaches('LISTEN', { localPort: port, programs: [running] });
    return running;
  }

  /** Starts a client program of this checkout on the client, and waits until both kernels show the connection. */
  async connect(
    port: number,
    {
      file = 'clients/connect.ts',
      address = this.server.host.address,
      from = this.client,
      to = this.server,
    } = {},
  ): Promise<Ends & { readonly running: RunningProgram }> {
    const running = await this.run(from, program(file), address, port);
    const client = await from.waits.reaches('ESTABLISHED', { remotePort: port, programs: [running] });
    const server = await to.waits.reaches('ESTABLISHED', {
      localPort: port,
      remotePort: client?.local.port ?? 0,
    });
    return { running, client: client as SocketRecord, server: server as SocketRecord };
  }

  /** The segments that have arrived at a host until now and fit, in the order of the timeline. */
  async arrived(at: ObservedHost, pattern: SegmentPattern = {}, sinceMs = 0): Promise<SegmentEvent[]> {
    await this.observation.look();
    return this.observation.recorder.events.filter(
      (event): event is SegmentEvent =>
        event.kind === 'segment' &&
        event.to === at.host.name &&
        event.atMs >= sinceMs &&
        matchesSegment(pattern, event.segment),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.observation.close();
    await this.network.close();
  }
}

/** One network for all tests of a block: what they need of it is a port of their own. Their programs are stopped after each. */
export function sharedLab(backend: Backend, plan: Partial<NetworkPlan> = {}): () => Lab {
  let lab: Lab | undefined;
  beforeAll(async () => {
    lab = await Lab.on(backend, plan);
  });
  afterEach(() => lab?.stopAll());
  afterAll(() => lab?.[Symbol.asyncDispose]());
  return () => {
    if (lab === undefined) throw new Error('there is no network');
    return lab;
  };
}

/** Waits until a program has printed something. */
export async function printed(running: RunningProgram, text: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  running.onOutput(() => {
    if (running.stdout.includes(text)) resolve();
  });
  if (!running.stdout.includes(text)) await Promise.race([promise, running.exited]);
  expect(running.stdout).toContain(text);
}

/** What a promise rejects with. @throws Error when it does not. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  const reason: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(reason instanceof Error)) throw new Error('it did not fail');
  return reason;
}
