import type { GateRow, LadderRow } from './row.ts';

/** For each row of a ladder of two hosts or more: how many gates are closed at each host there, its own event included. */
export function closedGates(rows: readonly LadderRow[]): number[][] {
  const closed = new Map<number, Set<string>>();
  const hosts = Math.max(2, ...rows.map((row) => ('host' in row ? row.host + 1 : 0)));
  return rows.map((row) => {
    if (row.kind === 'gate') {
      const here = closed.get(row.host) ?? new Set();
      if (row.isClosed) here.add(nameOf(row));
      else here.delete(nameOf(row));
      closed.set(row.host, here);
    }
    return Array.from({ length: hosts }, (_, host) => closed.get(host)?.size ?? 0);
  });
}

function nameOf({ gate, ofPort }: GateRow): string {
  return `${gate} ${ofPort ?? 'any'}`;
}
