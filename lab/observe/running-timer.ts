import type { SocketRecord } from './sock-diag.ts';

/** A row as it is some time after it was seen, if nothing but its timer has gone on. Times are CLOCK_MONOTONIC in nanoseconds. */
export function runOn(row: SocketRecord, seenNs: bigint, nowNs: bigint): SocketRecord {
  if (row.timer === 'none' || row.timerMs === 0 || nowNs === seenNs) return row;
  const goneMs = Number(nowNs - seenNs) / 1e6;
  return { ...row, timerMs: Math.max(0, Math.round(row.timerMs - goneMs)) };
}
