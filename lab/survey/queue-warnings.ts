import { type Listener, listenerName } from './listeners.ts';
import type { CounterName, Look } from './look.ts';
import type { Warning } from './warning.ts';

/** A queue counts as nearly full from here on. */
export const NEAR = 0.8;

/** What one look at the listeners says: half-open connections near their limit, and full accept queues. */
export function queueWarnings(listeners: readonly Listener[], { limits }: Look): readonly Warning[] {
  return listeners.flatMap((listener) => [
    ...halfOpen(listener, limits.synCookies),
    ...acceptQueue(listener),
  ]);
}

function halfOpen(listener: Listener, synCookies: number): Warning[] {
  const { halfOpen: count, halfOpenLimit: limit, local } = listener;
  if (limit === undefined || count < NEAR * limit) return [];
  return [
    {
      code: 'half-open-near-limit',
      state: 'SYN_RCVD',
      where: `port ${local.port}`,
      count,
      limit,
      text: `${count} of ${limit} half-open connections at ${listenerName(listener)}`,
      why:
        'SYNs come, and the ACKs that complete the handshakes do not: a SYN flood, or SYN-ACKs that are lost on their way. ' +
        (synCookies === 0
          ? 'Beyond the limit SYNs are dropped.'
          : 'Beyond the limit this kernel answers with SYN cookies.'),
      next: `See who sends them: ss -tn state syn-recv 'sport = :${local.port}'; and: ./tcplab show 6`,
      inodes: undefined,
    },
  ];
}

function acceptQueue(listener: Listener): Warning[] {
  const { full, sockets, acceptQueue: count, acceptLimit: limit, local, inodes } = listener;
  if (full === 0) return [];
  const which = sockets === 1 ? '' : `, ${full} of ${sockets} listening sockets`;
  return [
    {
      code: 'accept-queue-full',
      state: 'LISTEN',
      where: `port ${local.port}`,
      count,
      limit,
      text: `accept queue full at ${listenerName(listener)}: ${count} wait, the limit is ${limit}${which}`,
      why: 'Connections are complete, and the program does not accept them as fast as they come. New SYNs are dropped meanwhile.',
      next: `See what the program is busy with; a larger backlog (and net.core.somaxconn) only helps against bursts: ./tcplab show 5`,
      inodes: new Set(inodes),
    },
  ];
}

interface Rising {
  readonly code: Warning['code'];
  readonly state: Warning['state'];
  readonly what: string;
  readonly why: string;
  readonly next: string;
}

const RISING: Readonly<Partial<Record<CounterName, Rising>>> = {
  ListenOverflows: {
    code: 'accept-queue-overflows',
    state: 'LISTEN',
    what: 'times an accept queue was full when a connection came',
    why: 'A program did not accept as fast as connections came. The kernel counts this for all listeners together.',
    next: 'Find the listener whose queue is long, again and again: ss -ltn; and: ./tcplab show 5',
  },
  SyncookiesSent: {
    code: 'syn-cookies',
    state: 'SYN_RCVD',
    what: 'SYNs were answered with a cookie',
    why: 'More handshakes are half open than a listener may keep. Those with cookies are in no table, so they are not counted here.',
    next: 'See where the half-open ones come from: ss -tn state syn-recv; and: ./tcplab show 6',
  },
  TCPReqQFullDrop: {
    code: 'syns-refused',
    state: 'SYN_RCVD',
    what: 'SYNs were dropped, as half-open connections had no place left',
    why: 'More handshakes are half open than a listener may keep, and SYN cookies are off (net.ipv4.tcp_syncookies=0).',
    next: 'Switch them on: sysctl -w net.ipv4.tcp_syncookies=1; and: ./tcplab show 6',
  },
  TCPTimeWaitOverflow: {
    code: 'time-wait-overflows',
    state: 'TIME_WAIT',
    what: 'connections ended without TIME_WAIT, as there were too many',
    why: 'net.ipv4.tcp_max_tw_buckets is reached. Without TIME_WAIT old duplicates can get into new connections.',
    next: 'Keep connections open and use them again, so that fewer end: ./tcplab show 19',
  },
};

/** What the kernel has counted between two looks. */
export function counterWarnings(first: Look, last: Look): readonly Warning[] {
  const seconds = ((last.at - first.at) / 1_000).toFixed(0);
  return (Object.entries(RISING) as [CounterName, Rising][]).flatMap(([name, { what, ...rest }]) => {
    const count = last.counters[name] - first.counters[name];
    if (count <= 0) return [];
    const text = `${count} ${what} in the last ${seconds} s (${name})`;
    return [{ ...rest, where: undefined, count, limit: undefined, text, inodes: undefined }];
  });
}
