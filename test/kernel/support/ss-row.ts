import type { SocketRecord } from '../../../lab/observe/sock-diag.ts';
import { SS_TIMERS } from '../../../lab/observe/timer-kinds.ts';
import { formatEndpoint } from '../../../lab/tcp/address.ts';
import { ssName } from '../../../lab/tcp/states.ts';

/** What both witnesses of a socket say, in the words of ss. */
export interface SsRow {
  readonly state: string;
  readonly receiveQueue: number;
  readonly sendQueue: number;
  readonly local: string;
  readonly remote: string;
  readonly timer: string;
  readonly retransmits: number;
  readonly uid: number;
  readonly inode: number;
  readonly cookie: string;
}

/** A line of `ss -H -O -tanei`. */
export function ofSs(line: string): SsRow {
  const [state = '', receiveQueue, sendQueue, local = '', remote = ''] = line.trim().split(/\s+/);
  const timer = /timer:\((\w+),[^,]*,(\d+)\)/.exec(line);
  const number = (name: string): number => Number(new RegExp(`\\b${name}:(\\d+)`).exec(line)?.[1] ?? 0);
  return {
    state,
    receiveQueue: Number(receiveQueue),
    sendQueue: Number(sendQueue),
    local,
    remote,
    timer: timer?.[1] ?? '',
    retransmits: Number(timer?.[2] ?? 0),
    uid: number('uid'),
    inode: number('ino'),
    cookie: /\bsk:([0-9a-f]+)/.exec(line)?.[1] ?? '',
  };
}

/** A row of sock_diag. */
export function ofDiag(socket: SocketRecord): SsRow {
  const { receiveQueue, sendQueue, uid, inode, cookie } = socket;
  return {
    state: ssName(socket.state),
    receiveQueue,
    sendQueue,
    local: formatEndpoint(socket.local),
    remote:
      socket.remote.port === 0
        ? formatEndpoint(socket.remote).replace(/:0$/, ':*')
        : formatEndpoint(socket.remote),
    timer: SS_TIMERS[socket.timer],
    retransmits: socket.timer === 'none' ? 0 : socket.retransmits,
    uid,
    inode,
    cookie,
  };
}
