import type { SocketRecord } from '../../observe/sock-diag.ts';
import type { SocketEvent } from '../../observe/timeline.ts';
import type { Endpoint } from '../../tcp/address.ts';
import type { State } from '../../tcp/states.ts';

/** A time that a socket spent in one state, in milliseconds on the timeline. */
export interface Stay {
  readonly state: State;
  readonly fromMs: number;
  /** When it was seen in another state, or gone; when the run ended, if it never was. */
  readonly toMs: number;
  /** When a look last showed it in this state; a lab that looks 300 times a second makes that nearly the same. */
  readonly seenToMs: number;
  /** Whether the run ended before the stay did. */
  readonly lasting: boolean;
  /** Its rows during the stay, the first one and each change. */
  readonly rows: readonly { readonly atMs: number; readonly socket: SocketRecord }[];
}

/** One socket from its first row in the kernel's table to its last; a socket is known by its cookie. */
export interface Life {
  readonly host: string;
  readonly cookie: string;
  readonly local: Endpoint;
  readonly remote: Endpoint;
  readonly stays: readonly Stay[];
  /** When it was no longer in the table; undefined when it was there to the end of the run. */
  readonly goneMs: number | undefined;
}

/** The lives of a host's sockets, in the order in which they appeared. */
export function livesOf(host: string, events: readonly SocketEvent[], endMs: number): Life[] {
  const byCookie = Map.groupBy(
    events.filter((event) => event.host === host),
    ({ socket }) => socket.cookie,
  );
  return [...byCookie.values()].map((own) => life(host, own, endMs));
}

function life(host: string, events: readonly SocketEvent[], endMs: number): Life {
  const gone = events.find(({ change }) => change === 'gone');
  const seen = events.filter(({ change }) => change !== 'gone');
  const begins = seen.filter(({ socket }, n) => socket.state !== seen[n - 1]?.socket.state);
  const last = (seen.at(-1) ?? events[0]) as SocketEvent;
  const stays = begins.map((event, n): Stay => {
    const next = begins[n + 1];
    return {
      state: event.socket.state,
      fromMs: event.atMs,
      toMs: next?.atMs ?? gone?.atMs ?? endMs,
      seenToMs: next?.seenMs ?? gone?.seenMs ?? next?.atMs ?? gone?.atMs ?? endMs,
      lasting: next === undefined && gone === undefined,
      rows: seen
        .filter(({ atMs }) => atMs >= event.atMs && (next === undefined || atMs < next.atMs))
        .map(({ atMs, socket }) => ({ atMs, socket })),
    };
  });
  const { cookie, local, remote } = last.socket;
  return { host, cookie, local, remote, stays, goneMs: gone?.atMs };
}

/** The stay of a socket in a state; a socket never comes back to a state it has left. */
export function stayIn(socket: Life, state: State): Stay | undefined {
  return socket.stays.find((stay) => stay.state === state);
}

/** A life in words: `SYN_RCVD for 0.4 ms → ESTABLISHED for 2.0 s → gone`. */
export function describeLife({ stays, goneMs }: Life): string {
  const words = stays.map(
    ({ state, fromMs, toMs, lasting }) =>
      `${state} for ${duration(toMs - fromMs)}${lasting ? ', to the end' : ''}`,
  );
  return [...words, ...(goneMs === undefined ? [] : ['gone'])].join(' → ');
}

/** A time for people: `0.4 ms`, `250 ms`, `3.1 s`. */
export function duration(ms: number): string {
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(1)} s`;
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${ms.toFixed(0)} ms`;
}
