import type { SocketRecord } from '../observe/sock-diag.ts';
import type { State } from '../tcp/states.ts';
import { Listeners } from './listeners.ts';
import type { Look } from './look.ts';

/** Which sockets are meant: every field that is given must fit. */
export interface Wanted {
  /** The local or the remote port. */
  readonly port?: number | undefined;
  /** The sockets that a process holds, by their inodes. */
  readonly inodes?: ReadonlySet<number> | undefined;
}

/** Sockets that no descriptor leads to, so that the kernel does not tell whose they are or were. */
export interface Unattributed {
  readonly timeWait: number;
  /** Closed by their program, or their program has ended: FIN_WAIT_1, FIN_WAIT_2, CLOSING or LAST_ACK. */
  readonly orphans: number;
  /** How many of those two have a local port that the process listens on. */
  readonly onItsPorts: { readonly timeWait: number; readonly orphans: number };
  /** Half-open or not accepted yet, at an address where others listen, too (SO_REUSEPORT): which listener's they are is not shown. */
  readonly shared: number;
}

export interface Selected {
  readonly sockets: readonly SocketRecord[];
  /** For a process only. */
  readonly unattributed?: Unattributed;
}

const ORPHAN: ReadonlySet<State> = new Set<State>(['FIN_WAIT_1', 'FIN_WAIT_2', 'CLOSING', 'LAST_ACK']);
/** What a connection can be in while it waits for accept(2): nobody can have closed it. */
const WAITING: ReadonlySet<State> = new Set<State>(['SYN_RCVD', 'ESTABLISHED', 'CLOSE_WAIT']);

/** The sockets of a look that are wanted. */
export function select({ sockets, limits }: Look, { port, inodes }: Wanted): Selected {
  const there =
    port === undefined
      ? sockets
      : sockets.filter(({ local, remote }) => local.port === port || remote.port === port);
  return inodes === undefined ? { sockets: there } : ofProcess(there, new Listeners(sockets, limits), inodes);
}

/**
 * The sockets whose descriptors a process has, and what waits in the queues of its listeners. proc(5), /proc/PID/fd. TIME_WAIT and
 * orphans have no descriptor, and are counted apart.
 */
function ofProcess(
  sockets: readonly SocketRecord[],
  listeners: Listeners,
  inodes: ReadonlySet<number>,
): Selected {
  const own: SocketRecord[] = [];
  const onItsPorts = { timeWait: 0, orphans: 0 };
  let [timeWait, orphans, shared] = [0, 0, 0];
  for (const socket of sockets) {
    if (socket.inode !== 0) {
      if (inodes.has(socket.inode)) own.push(socket);
      continue;
    }
    const key = listeners.keyFor(socket);
    const held = key === undefined ? [] : listeners.at(key).map(({ inode }) => inodes.has(inode));
    if (socket.state === 'TIME_WAIT') {
      timeWait += 1;
      if (held.includes(true)) onItsPorts.timeWait += 1;
    } else if (ORPHAN.has(socket.state)) {
      orphans += 1;
      if (held.includes(true)) onItsPorts.orphans += 1;
    } else if (WAITING.has(socket.state) && held.includes(true)) {
      if (held.includes(false)) shared += 1;
      else own.push(socket);
    }
  }
  return { sockets: own, unattributed: { timeWait, orphans, onItsPorts, shared } };
}
