import type { TimelineData } from '../../../observe/timeline.ts';
import { livesOf, type SocketLife } from '../../../report/lives.ts';
import type { State } from '../../../tcp/states.ts';

/** A socket on the state diagram, or several that are in one state. */
export interface Token {
  /** The same for as long as it is the same socket, or the same heap. */
  readonly key: string;
  /** A place among the timeline's hosts. */
  readonly host: number;
  readonly hostName: string;
  readonly state: State;
  /** `server :8080`, `client ×12`. */
  readonly label: string;
  /** All there is to know, in a line. */
  readonly title: string;
  /** How many sockets it stands for. */
  readonly count: number;
  /** It has left the kernel's table, from this state. */
  readonly left?: State;
}

/** More sockets than these in a state are shown as one token a host. */
const MOST_IN_STATE = 5;

/**
 * A token for every socket that is there, and for those that have just gone, which are at CLOSED. In the order of the hosts,
 * listeners first. Pure.
 * @param isShown whether a socket that is gone is still to be seen, by its key
 */
export function tokensOf(timeline: TimelineData, isShown: (key: string, goneMs: number) => boolean): Token[] {
  const hosts = timeline.header.hosts.map(({ name }) => name);
  const singles = livesOf(timeline)
    .filter((life) => life.goneMs === undefined || isShown(keyOf(life), life.goneMs))
    .map((life) => tokenOf(life, hosts))
    .toSorted((a, b) => a.host - b.host);
  const byState = Map.groupBy(singles, ({ state }) => state);
  return [...byState.values()].flatMap((there) => (there.length > MOST_IN_STATE ? heaps(there) : there));
}

function tokenOf(life: SocketLife, hosts: readonly string[]): Token {
  const { host, local, remote, stays, goneMs } = life;
  const last = stays.at(-1)?.state ?? 'CLOSED';
  const state = goneMs === undefined ? last : 'CLOSED';
  const ends = remote.port === 0 ? `:${local.port}` : `:${local.port} → :${remote.port}`;
  return {
    key: keyOf(life),
    host: hosts.indexOf(host),
    hostName: host,
    state,
    label: `${host} :${local.port}`,
    title: `${host} ${ends} ${state}`,
    count: 1,
    ...(goneMs === undefined ? {} : { left: last }),
  };
}

function keyOf({ host, cookie }: SocketLife): string {
  return `${host} ${cookie}`;
}

/** One token a host in the place of many. */
function heaps(there: readonly Token[]): Token[] {
  return [...Map.groupBy(there, ({ hostName }) => hostName)].flatMap(([hostName, own]) => {
    const [first] = own;
    if (first === undefined || own.length === 1) return own;
    const { host, state, left } = first;
    const count = own.length;
    const label = `${hostName} ×${count}`;
    const title = `${label} ${state}`;
    const key = `${hostName} ${state} heap`;
    return [{ key, host, hostName, state, label, title, count, ...(left === undefined ? {} : { left }) }];
  });
}
