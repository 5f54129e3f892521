import type { KnobName } from './knobs.ts';
import type { RunningProgram } from './program.ts';
import type { Limits } from './sandbox/limits.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

/**
 * A place with its own network stack, where programs run. Gates and witnesses are given a host; a host knows nothing of
 * them. Namespaces (namespaces/) and containers (docker/) implement it, and one shared suite holds them to it.
 */
export interface Host {
  /** `client`, `server` … as timelines and messages call it. */
  readonly name: string;
  /** Its IPv4 address, from 198.18.0.0/15. */
  readonly address: string;
  /** Its IPv6 address, from 2001:db8::/32, when the network was made with IPv6. */
  readonly address6: string | undefined;
  /** Starts a TypeScript program as its own process: `node FILE ...args`. */
  run(file: string, args: readonly string[], options?: RunOptions): Promise<RunningProgram>;
  /** Runs a tool such as `ss` to its end and gives its output. */
  exec(tool: string, args: readonly string[]): Promise<ToolResult>;
  /** Sets a sysctl of this host's network stack. @throws KnobError when the kernel does not know it or refuses it. */
  knob(name: KnobName, value: string): Promise<void>;
  /** Every knob that was set, in the order it was set, for the record. */
  readonly knobs: ReadonlyMap<KnobName, string>;
}

/** How a program is run. */
export interface RunOptions {
  /** Nobody trusts it: on a host for which the plan says so, it is confined. */
  readonly untrusted?: boolean;
}

/** What a tool printed. A tool that cannot be started is an error; one that fails has its exit code here. */
export interface ToolResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A host whose kernel this process can reach into: `enter` runs synchronous work in its network namespace. Gates and
 * witnesses need nothing else.
 */
export interface Place {
  readonly name: string;
  enter<T>(work: () => T): T;
}

/** What a program of the lab says by itself, and that it is gone. */
export interface AttendantListener {
  told(event: unknown): void;
  failed(error: Error): void;
}

/** A program of the lab beside a host, which does in the host's network namespace what this process cannot do from here. */
export interface Attendant {
  /** Has it do something, and gives its answer: plain data. @throws what it threw, or that it is gone. */
  call(what: string, ...args: readonly unknown[]): Promise<unknown>;
  /** One listener at most. */
  listen(listener: AttendantListener): void;
}

/** A host whose kernel an attendant reaches into. */
export interface Attended {
  readonly name: string;
  readonly attendant: Attendant;
}

/** A host that can be watched, and whose segments can be held back, whichever way its kernel is reached. */
export type WatchableHost = Host & (Place | Attended);

/** Hosts that can reach each other and nothing else. Closing it ends their programs and removes everything. */
export interface Network<H extends Host = Host> extends AsyncDisposable {
  readonly hosts: ReadonlyMap<string, H>;
  /** The host of this name. @throws Error that names the hosts there are. */
  host(name: string): H;
  close(): Promise<void>;
}

/** What a network should be. */
export interface NetworkPlan {
  /** Host names, in address order: the first gets 198.18.0.1. */
  readonly hosts: readonly string[];
  /** Which /24 of the lab's range the hosts are in, 0 to 255: 198.18.SUBNET.1 …; 0 when not said. */
  readonly subnet?: number;
  /** Also give every host an IPv6 address. Without it IPv6 is off, and no neighbour discovery is in the trace. */
  readonly ipv6?: boolean;
  /**
   * How many packets wait at each host's interface on their way out. Without it none do: a burst of thousands, such as the
   * SYN-ACK retransmissions of 10,000 half-open connections, overruns the receiver's backlog and is lost.
   */
  readonly queuePackets?: number;
  /** Sysctls beyond the pinned ones, for every host. */
  readonly knobs?: Readonly<Record<string, string>>;
  /** How untrusted programs of some hosts are confined. */
  readonly confinement?: ConfinementPlan;
  /** By host: sysctls of that one alone, after those for every host. */
  readonly ownKnobs?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What confines untrusted programs: this process's sandbox on hosts that are namespaces, the engine, by limits, in containers. */
export type Confining = { readonly sandbox: Sandbox } | { readonly limits: Limits };

/** How a network's untrusted programs are confined. */
export type ConfinementPlan = Confining & {
  /** The hosts on which there may be such programs. */
  readonly hosts: readonly string[];
  /** How long each of them may run, in milliseconds; as long as the limits say, when not said. */
  readonly wallMs?: number;
};
