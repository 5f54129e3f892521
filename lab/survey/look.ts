import { readCounters } from '../observe/counters.ts';
import type { SockDiag, SocketRecord } from '../observe/sock-diag.ts';
import { type Limits, readLimits } from './limits.ts';

/** The counters of a network stack that tell of full queues. Linux Documentation/networking/snmp_counter.rst. */
export const COUNTERS = [
  'ListenOverflows',
  'ListenDrops',
  'SyncookiesSent',
  'TCPReqQFullDrop',
  'TCPTimeWaitOverflow',
] as const;

export type CounterName = (typeof COUNTERS)[number];

/** One look at a network namespace: everything that is concluded about it is a pure function of these. */
export interface Look {
  /** When it was taken, in milliseconds since 1970. */
  readonly at: number;
  readonly sockets: readonly SocketRecord[];
  /** Since the namespace was made; 0 for one that this kernel does not have. */
  readonly counters: Readonly<Record<CounterName, number>>;
  readonly limits: Limits;
}

/** Looks at the network namespace that this thread is in, which must be the one that `diag` was made in. @throws SystemCallError. */
export function takeLook(diag: SockDiag): Look {
  const at = Date.now();
  const sockets = diag.dump();
  const all = readCounters();
  const counters = Object.fromEntries(COUNTERS.map((name) => [name, all.get(name) ?? 0])) as Record<
    CounterName,
    number
  >;
  return { at, sockets, counters, limits: readLimits() };
}
