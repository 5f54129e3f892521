import type { SocketRecord } from '../../lab/observe/sock-diag.ts';
import { COUNTERS, type CounterName, type Look } from '../../lab/survey/look.ts';
import type { State } from '../../lab/tcp/states.ts';

let cookies = 0;

/** A row of the socket table, written as `127.0.0.1 80 10.0.0.1 40000`; a listener's without the other end. */
export function row(state: State, ends: string, more: Partial<SocketRecord> = {}): SocketRecord {
  const [local = '', localPort, remote, remotePort] = ends.split(' ');
  cookies += 1;
  const every = local.includes(':') ? '::' : '0.0.0.0';
  return {
    cookie: cookies.toString(16),
    state,
    local: { address: local, port: Number(localPort) },
    remote: { address: remote ?? every, port: Number(remotePort ?? 0) },
    receiveQueue: 0,
    sendQueue: state === 'LISTEN' ? 511 : 0,
    timer: 'none',
    timerMs: 0,
    retransmits: 0,
    uid: 0,
    inode: 0,
    ...more,
  };
}

/** So many rows, on ports from 40000 on of the other end. */
export function rows(
  count: number,
  state: State,
  local: string,
  more: Partial<SocketRecord> = {},
): SocketRecord[] {
  return Array.from({ length: count }, (_, n) => row(state, `${local} 10.0.0.1 ${40_000 + n}`, more));
}

/** A look at these rows. */
export function look(
  sockets: readonly SocketRecord[],
  {
    at = 0,
    counters = {},
    limits = {},
  }: { at?: number; counters?: Partial<Record<CounterName, number>>; limits?: Partial<Look['limits']> } = {},
): Look {
  return {
    at,
    sockets,
    counters: {
      ...(Object.fromEntries(COUNTERS.map((name) => [name, 0])) as Record<CounterName, number>),
      ...counters,
    },
    limits: {
      ports: [32_768, 60_999],
      reservedPorts: 0,
      timeWait: 65_536,
      timeWaitReuse: 2,
      synBacklog: 4_096,
      synCookies: 1,
      finTimeoutS: 60,
      ...limits,
    },
  };
}
