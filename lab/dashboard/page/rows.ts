import type { SocketRecord } from '../../observe/sock-diag.ts';
import type { State } from '../../tcp/states.ts';

/** A row that is gone stays so long, fading, in milliseconds. */
export const FADE_MS = 4_000;

/** A row of a socket table as the page shows it. */
export interface Row {
  readonly socket: SocketRecord;
  /** How often its state has changed since the page saw it: whoever draws it marks a change. */
  readonly changes: number;
  /** When it was no longer there, on the page's clock in milliseconds; absent while it is there. */
  readonly goneMs?: number;
}

/** A socket's way from one state to another; `undefined` is where there was no socket, or is none any more. */
export interface Change {
  readonly host: string;
  readonly from: State | undefined;
  readonly to: State | undefined;
  readonly socket: SocketRecord;
}

/**
 * The rows to show after a new look at a host's table, and what has changed. A socket is known by its cookie, and a row that
 * looks as before is the same object. Pure.
 * @param nowMs the page's clock
 */
export function nextRows(
  host: string,
  rows: readonly Row[],
  sockets: readonly SocketRecord[],
  nowMs: number,
): { readonly rows: readonly Row[]; readonly changes: readonly Change[] } {
  const now = new Map(sockets.map((socket) => [socket.cookie, socket]));
  const known = new Set(rows.map(({ socket }) => socket.cookie));
  const changes: Change[] = [];
  const kept = rows.map((row): Row => {
    const socket = now.get(row.socket.cookie);
    const from = row.goneMs === undefined ? row.socket.state : undefined;
    if (from !== socket?.state) changes.push({ host, from, to: socket?.state, socket: socket ?? row.socket });
    if (socket === undefined) return row.goneMs === undefined ? { ...row, goneMs: nowMs } : row;
    if (row.goneMs === undefined && looksSame(row.socket, socket)) return row;
    return { socket, changes: row.changes + (from === socket.state ? 0 : 1) };
  });
  const added = sockets
    .filter(({ cookie }) => !known.has(cookie))
    .map((socket): Row => {
      changes.push({ host, from: undefined, to: socket.state, socket });
      return { socket, changes: 0 };
    });
  return { rows: withoutFaded([...kept, ...added], nowMs), changes };
}

/** Whether two records of one socket make the same row. */
function looksSame(a: SocketRecord, b: SocketRecord): boolean {
  return (
    a.state === b.state &&
    a.timer === b.timer &&
    a.timerMs === b.timerMs &&
    a.retransmits === b.retransmits &&
    a.receiveQueue === b.receiveQueue &&
    a.sendQueue === b.sendQueue &&
    a.remote.port === b.remote.port &&
    a.local.port === b.local.port
  );
}

/** The rows without those that have faded; the same array when there are none. */
export function withoutFaded(rows: readonly Row[], nowMs: number): readonly Row[] {
  const left = rows.filter(({ goneMs }) => goneMs === undefined || nowMs - goneMs < FADE_MS);
  return left.length === rows.length ? rows : left;
}
