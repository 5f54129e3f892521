import type { SocketRecord } from '../observe/sock-diag.ts';
import { formatEndpoint } from '../tcp/address.ts';
import type { Listeners } from './listeners.ts';

/** The states in which sockets pile up when somebody does not do what the other end waits for. FIN_WAIT_2 is two: an orphan ends by itself. */
export const PILES = [
  'SYN_SENT',
  'CLOSE_WAIT',
  'FIN_WAIT_1',
  'FIN_WAIT_2 held',
  'FIN_WAIT_2 orphans',
  'CLOSING',
  'LAST_ACK',
] as const;

export type PileName = (typeof PILES)[number];

/** The sockets of one state and one service at one look: `port 80` where they are accepted, `to 198.18.0.2:80` where they connect. */
export interface Pile {
  readonly name: PileName;
  /** Undefined for all services together. */
  readonly where: string | undefined;
  readonly cookies: ReadonlySet<string>;
  readonly inodes: ReadonlySet<number>;
}

/** How a pile was at one look: its sockets, and how many had left it since the look before. */
interface Height {
  readonly count: number;
  readonly left: number;
}

interface Track {
  readonly pile: Pile;
  /** The oldest look first. */
  readonly heights: readonly Height[];
}

/** What is remembered of the looks so far, by pile. */
export type History = ReadonlyMap<string, Track>;

/** A pile that grows, and over how many looks by how much. */
export interface Growth {
  readonly pile: Pile;
  readonly count: number;
  readonly grown: number;
  readonly looks: number;
}

/** Growth is looked for in the last so many looks, the shortest first: a leak may be fast or slow. */
const WINDOWS = [3, 10, 30, 60] as const;
const MOST_LOOKS = 60;
const LEAST_GROWTH = 3;
const LEAST_RISES = 2;
/** Of the sockets that were in the pile, at most so many may have left it: where they come and go, somebody does their work. */
const MOST_LEAVING = 0.1;

/** Adds a look. A pile that is empty, and was, is forgotten. */
export function remember(
  history: History,
  sockets: readonly SocketRecord[],
  listeners: Listeners,
  looksBefore: number,
): History {
  const now = pilesOf(sockets, listeners);
  const next = new Map<string, Track>();
  for (const key of new Set([...history.keys(), ...now.keys()])) {
    const before = history.get(key);
    const pile = now.get(key) ?? { ...(before as Track).pile, cookies: new Set(), inodes: new Set() };
    const count = pile.cookies.size;
    const left = before === undefined ? 0 : countMissing(before.pile.cookies, pile.cookies);
    const empty = Array.from({ length: Math.min(looksBefore, MOST_LOOKS) }, () => ({ count: 0, left: 0 }));
    const heights = [...(before?.heights ?? empty), { count, left }].slice(-MOST_LOOKS);
    if (heights.some((height) => height.count > 0)) next.set(key, { pile, heights });
  }
  return next;
}

/** The piles that grow: in at least two steps, while hardly anything leaves them. Each state's services, or all of them together. */
export function growing(history: History): readonly Growth[] {
  const found = [...history.values()].flatMap((track) => growth(track) ?? []);
  const single = new Set(found.filter(({ pile }) => pile.where !== undefined).map(({ pile }) => pile.name));
  return found.filter(({ pile }) => pile.where !== undefined || !single.has(pile.name));
}

function growth({ pile, heights }: Track): Growth | undefined {
  for (const looks of WINDOWS) {
    if (heights.length < looks) return undefined;
    const [first, ...rest] = heights.slice(-looks) as [Height, ...Height[]];
    const count = heights.at(-1)?.count ?? 0;
    const rises = rest.filter(
      (height, n) => height.count > (n === 0 ? first : (rest[n - 1] as Height)).count,
    );
    const left = rest.reduce((sum, height) => sum + height.left, 0);
    const grown = count - first.count;
    if (grown >= LEAST_GROWTH && rises.length >= LEAST_RISES && left <= MOST_LEAVING * (count + left))
      return { pile, count, grown, looks };
  }
  return undefined;
}

function pilesOf(sockets: readonly SocketRecord[], listeners: Listeners): Map<string, Pile> {
  const piles = new Map<
    string,
    { name: PileName; where: string | undefined; cookies: Set<string>; inodes: Set<number> }
  >();
  for (const socket of sockets) {
    const name = pileName(socket);
    if (name === undefined) continue;
    for (const where of [serviceOf(socket, listeners), undefined]) {
      const key = `${name} ${where ?? ''}`;
      const pile = piles.get(key) ?? { name, where, cookies: new Set(), inodes: new Set() };
      pile.cookies.add(socket.cookie);
      if (socket.inode !== 0) pile.inodes.add(socket.inode);
      piles.set(key, pile);
    }
  }
  return piles;
}

function pileName({ state, inode }: SocketRecord): PileName | undefined {
  if (state === 'FIN_WAIT_2') return inode === 0 ? 'FIN_WAIT_2 orphans' : 'FIN_WAIT_2 held';
  return PILES.find((name) => name === state);
}

function serviceOf(socket: SocketRecord, listeners: Listeners): string {
  return listeners.keyFor(socket) === undefined
    ? `to ${formatEndpoint(socket.remote)}`
    : `port ${socket.local.port}`;
}

function countMissing(before: ReadonlySet<string>, now: ReadonlySet<string>): number {
  let missing = 0;
  for (const cookie of before) if (!now.has(cookie)) missing += 1;
  return missing;
}
