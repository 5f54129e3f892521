import type { Evidence } from '../exercise/judge/evidence.ts';
import type { Plan } from '../exercise/plan.ts';
import type { Scene } from '../exercise/scene.ts';
import type { SocketSelector } from '../observe/selector.ts';
import type { Transition } from '../tcp/transitions.ts';
import type { Finding } from './finding.ts';

/** How one edge is brought about on a fresh pair of hosts, and how what was seen of it is judged. */
export interface Provocation {
  readonly edge: Transition;
  /** Which call of the sockets API is the event, where there are two. */
  readonly by?: string;
  /** The host whose socket takes the edge. */
  readonly host: 'client' | 'server';
  /** Which socket of that host it is. */
  readonly socket: (plan: Plan) => SocketSelector;
  /** By part: the program, such as `servers/echo.ts`. The part `server` plays on the server, every other on the client. */
  readonly programs: Readonly<Record<string, string>>;
  /** Sysctls of both hosts, beyond the pinned ones. */
  readonly knobs?: Readonly<Record<string, string>>;
  /** How long it takes at most, in milliseconds. */
  readonly lastsMs?: number;
  /** Brings the state before the edge about, has ss show it, lets the edge happen, and has ss show what is there then. */
  readonly play: (scene: Scene) => Promise<void>;
  /** A pure function of what was seen; `judgeTransition` when not said. */
  readonly judge?: (evidence: Evidence, plan: Plan, provocation: Provocation) => Finding;
  /** What a reader should know about the edge on Linux, in a sentence. */
  readonly note?: string;
}

/** The socket of a server that listens on the plan's port. */
export function atServer({ port }: Plan): SocketSelector {
  return { localPort: port };
}

/** The socket of a client that is connected to the plan's port. */
export function atClient({ port }: Plan): SocketSelector {
  return { remotePort: port };
}
