import type { TimelineData, TimelineEvent } from '../observe/timeline.ts';
import { ToldStates } from '../observe/told-states.ts';
import { type Endpoint, sameEndpoint } from '../tcp/address.ts';
import type { State } from '../tcp/states.ts';

/** A time that a socket spent in one state, in milliseconds on the timeline. */
export interface Stay {
  readonly state: State;
  readonly fromMs: number;
  /** When it was in another state, or gone; when it was seen last, if it never was. */
  readonly toMs: number;
}

/** One socket as both witnesses tell of it, sock_diag and where there is one the tracepoint: from its first state to its last. */
export interface SocketLife {
  readonly host: string;
  readonly cookie: string;
  readonly local: Endpoint;
  /** Port 0 for a listener. */
  readonly remote: Endpoint;
  readonly stays: readonly Stay[];
  /** When it was no longer there; undefined when it was still there when it was seen last. */
  readonly goneMs?: number;
}

interface Growing {
  readonly host: string;
  readonly cookie: string;
  local: Endpoint;
  remote: Endpoint;
  readonly begins: { readonly state: State; readonly atMs: number }[];
  goneMs?: number;
}

/**
 * The sockets of a timeline, in the order in which they appeared. A socket is known by its host and cookie. Pure.
 * @param endMs when it was looked last, if that was after the last event
 */
export function livesOf({ events }: TimelineData, endMs = events.at(-1)?.atMs ?? 0): SocketLife[] {
  const told = new ToldStates();
  const lives = new Map<string, Growing>();
  for (const reported of events) {
    if (reported.kind !== 'socket' && reported.kind !== 'trace') continue;
    const event = told.next(reported);
    if (event !== undefined) note(lives, event);
  }
  return [...lives.values()].map(({ begins, ...life }) => ({
    ...life,
    stays: begins.map(({ state, atMs }, n) => ({
      state,
      fromMs: atMs,
      toMs: begins[n + 1]?.atMs ?? life.goneMs ?? endMs,
    })),
  }));
}

/** Whether a segment's ends are those of a socket. */
export function isEndOf(
  { local, remote }: Pick<SocketLife, 'local' | 'remote'>,
  { source, destination }: { readonly source: Endpoint; readonly destination: Endpoint },
): boolean {
  return (
    (sameEndpoint(local, source) && sameEndpoint(remote, destination)) ||
    (sameEndpoint(local, destination) && sameEndpoint(remote, source))
  );
}

function note(lives: Map<string, Growing>, event: TimelineEvent): void {
  if (event.kind === 'socket') {
    const life = lifeOf(lives, event.host, event.socket);
    if (event.change === 'gone') life.goneMs = event.atMs;
    else begin(life, event.socket.state, event.atMs);
  } else if (event.kind === 'trace' && event.tracepoint === 'inet_sock_set_state') {
    begin(lifeOf(lives, event.host, event), event.to, event.atMs);
  }
}

function lifeOf(
  lives: Map<string, Growing>,
  host: string,
  { cookie, local, remote }: { readonly cookie: string; readonly local: Endpoint; readonly remote: Endpoint },
): Growing {
  const key = `${host} ${cookie}`;
  const life = lives.get(key) ?? { host, cookie, local, remote, begins: [] };
  // A tracepoint may tell of a socket before it has a port, or after.
  if (life.local.port === 0) life.local = local;
  if (life.remote.port === 0) life.remote = remote;
  lives.set(key, life);
  return life;
}

function begin({ begins }: Growing, state: State, atMs: number): void {
  if (begins.at(-1)?.state !== state) begins.push({ state, atMs });
}
