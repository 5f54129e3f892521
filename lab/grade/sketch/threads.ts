import type { TimelineEvent } from '../../observe/timeline.ts';
import { ToldStates } from '../../observe/told-states.ts';
import type { Endpoint } from '../../tcp/address.ts';

/**
 * What belongs to two ports, which is one connection, or a few with the same ports; or one socket that has no peer. Events by their
 * places in the timeline, in order.
 */
export interface Thread {
  /** The changes of state of each of its sockets. */
  readonly sockets: readonly (readonly number[])[];
  readonly segments: readonly number[];
  readonly first: number;
  readonly last: number;
  /** How many events it has. */
  readonly size: number;
}

/** The events of a timeline that a ladder or a track shows. */
export interface Threads {
  readonly threads: readonly Thread[];
  /** What is of no thread: gates, and the rest, such as programs and steps. */
  readonly gates: readonly number[];
  readonly notes: readonly number[];
}

interface Socket {
  readonly places: number[];
  ports: string;
}

/** Sorts what a ladder or a track shows; a state that both witnesses tell of is there once. Pure. */
export function threadsOf(events: readonly TimelineEvent[]): Threads {
  const told = new ToldStates();
  const sockets = new Map<string, Socket>();
  const segments = new Map<string, number[]>();
  const gates: number[] = [];
  const notes: number[] = [];
  for (const [n, event] of events.entries()) {
    switch (event.kind) {
      case 'segment':
        put(segments, portsOf(event.segment.source, event.segment.destination), n);
        break;
      case 'socket':
        if (told.next(event) !== undefined) noteSocket(sockets, event.host, event.socket, n);
        break;
      case 'trace': {
        const isShown = event.tracepoint === 'inet_sock_set_state' || 'reason' in event;
        if (told.next(event) !== undefined && isShown) noteSocket(sockets, event.host, event, n);
        break;
      }
      case 'gate':
        gates.push(n);
        break;
      case 'program':
      case 'step':
      case 'loss':
        notes.push(n);
        break;
      case 'output':
      case 'ss':
      case 'file':
      case 'counter':
        break;
    }
  }
  const byPorts = Map.groupBy(sockets.values(), ({ ports }) => ports);
  const names = new Set([...byPorts.keys(), ...segments.keys()]);
  const threads = [...names].map((name) =>
    threadOf(
      (byPorts.get(name) ?? []).map(({ places }) => places),
      segments.get(name) ?? [],
    ),
  );
  return { threads, gates, notes };
}

/** Takes note of a change of state. A tracepoint may tell of a socket before it has a port. */
function noteSocket(
  sockets: Map<string, Socket>,
  host: string,
  { cookie, local, remote }: { readonly cookie: string; readonly local: Endpoint; readonly remote: Endpoint },
  place: number,
): void {
  const name = `${host} ${cookie}`;
  const socket = sockets.get(name) ?? { places: [], ports: name };
  socket.places.push(place);
  if (local.port !== 0 && remote.port !== 0) socket.ports = portsOf(local, remote);
  sockets.set(name, socket);
}

function threadOf(sockets: readonly (readonly number[])[], segments: readonly number[]): Thread {
  let [first, last, size] = [Number.POSITIVE_INFINITY, 0, 0];
  for (const places of [...sockets, segments]) {
    first = Math.min(first, places[0] ?? first);
    last = Math.max(last, places.at(-1) ?? last);
    size += places.length;
  }
  return { sockets, segments, first, last, size };
}

/** Both ports, in either direction the same. */
function portsOf(a: Endpoint, b: Endpoint): string {
  return a.port < b.port ? `${a.port} ${b.port}` : `${b.port} ${a.port}`;
}

function put(map: Map<string, number[]>, key: string, place: number): void {
  const places = map.get(key);
  if (places === undefined) map.set(key, [place]);
  else places.push(place);
}
