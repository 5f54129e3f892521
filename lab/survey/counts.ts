import type { SocketRecord } from '../observe/sock-diag.ts';
import { unmapped } from '../tcp/address.ts';
import { STATES, type State } from '../tcp/states.ts';

/** How many sockets are in each state; states in which none is are left out. In the order of RFC 9293's states. */
export type StateCounts = Readonly<Partial<Record<State, number>>>;

/** The sockets with one other end. */
export interface Peer {
  /** An IPv4 address that is mapped into IPv6 is the IPv4 one. RFC 4291 section 2.5.5.2. */
  readonly address: string;
  readonly sockets: number;
  readonly states: StateCounts;
}

/** What `netstat -ant | awk '{print $6}' | sort | uniq -c` gives. */
export function countStates(sockets: readonly SocketRecord[]): StateCounts {
  const counts = new Map<State, number>();
  for (const { state } of sockets) counts.set(state, (counts.get(state) ?? 0) + 1);
  return ordered(counts);
}

/** By the address of the other end, most sockets first. A listener has no other end. */
export function countPeers(sockets: readonly SocketRecord[]): readonly Peer[] {
  const byText = Map.groupBy(
    sockets.filter(({ remote }) => remote.port !== 0),
    ({ remote }) => remote.address,
  );
  const byAddress = new Map<string, Map<State, number>>();
  for (const [text, rows] of byText) {
    const address = unmapped(text);
    const counts = byAddress.get(address) ?? new Map<State, number>();
    for (const { state } of rows) counts.set(state, (counts.get(state) ?? 0) + 1);
    byAddress.set(address, counts);
  }
  return [...byAddress]
    .map(([address, counts]) => ({
      address,
      sockets: [...counts.values()].reduce((sum, count) => sum + count, 0),
      states: ordered(counts),
    }))
    .sort((a, b) => b.sockets - a.sockets || (a.address < b.address ? -1 : 1));
}

function ordered(counts: ReadonlyMap<State, number>): StateCounts {
  return Object.fromEntries(
    STATES.filter((state) => counts.has(state)).map((state) => [state, counts.get(state)]),
  );
}
