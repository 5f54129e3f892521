import type { SocketRecord } from '../../observe/sock-diag.ts';
import { SS_TIMERS } from '../../observe/timer-kinds.ts';
import type { Endpoint } from '../../tcp/address.ts';
import { ssName } from '../../tcp/states.ts';

/** A row of `ss -tano`, column by column. */
export interface SsCells {
  readonly state: string;
  readonly receive: string;
  readonly send: string;
  readonly local: string;
  readonly peer: string;
  /** `timer:(on,980ms,1)`, or empty. */
  readonly timer: string;
}

/** A socket as `ss -tano` prints it. */
export function ssCells({ state, local, remote, receiveQueue, sendQueue, ...row }: SocketRecord): SsCells {
  const timer = SS_TIMERS[row.timer];
  return {
    state: ssName(state),
    receive: String(receiveQueue),
    send: String(sendQueue),
    local: ssEndpoint(local),
    peer: ssEndpoint(remote),
    timer: timer === '' ? '' : `timer:(${timer},${ssTime(row.timerMs)},${row.retransmits})`,
  };
}

function ssEndpoint({ address, port }: Endpoint): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port === 0 ? '*' : port}`;
}

/** A time of so many milliseconds in the words of `ss`, where `1.020ms` is 1 s and 20 ms. iproute2 misc/ss.c, print_ms_timer. */
function ssTime(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const seconds = minutes > 9 ? 0 : Math.floor(ms / 1000) % 60;
  const rest = minutes > 0 || seconds > 9 ? 0 : ms % 1000;
  return [
    minutes > 0 ? `${minutes}min` : '',
    seconds > 0 ? `${seconds}${rest > 0 ? '.' : 'sec'}` : '',
    rest > 0 ? `${String(rest).padStart(3, '0')}ms` : '',
  ].join('');
}
