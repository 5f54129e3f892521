import type { Evidence } from '../../exercise/judge/evidence.ts';
import type { SocketRecord } from '../../observe/sock-diag.ts';
import type { OutputEvent } from '../../observe/timeline.ts';
import { unmapped } from '../../tcp/address.ts';
import type { State } from '../../tcp/states.ts';

/** The steps after which nothing changes on the server until the program that is started then has its report. */
export const READY = 'the table is ready';
export const READY_AGAIN = 'the table has changed, and is ready again';
export type Moment = typeof READY | typeof READY_AGAIN;

/** How many: between what was there all the time and what was there at any time. Both are the same for what does not change. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

/** The server's sockets while the student's program looked at them. */
export interface Table {
  /** By state, for every state that a socket was in. */
  readonly counts: ReadonlyMap<State, Range>;
  /** By address of the other end; an IPv4 address that is mapped into IPv6 is the IPv4 one. */
  readonly peers: ReadonlyMap<string, Range>;
  /** When the report was complete, in milliseconds. */
  readonly untilMs: number;
  rows(state: State): readonly SocketRecord[];
}

/** What the program that was started at a moment has printed. */
export function printedAt(evidence: Evidence, moment: Moment): readonly OutputEvent[] {
  const fromMs = evidence.when(moment) ?? evidence.endMs;
  const untilMs = (moment === READY ? evidence.when(READY_AGAIN) : undefined) ?? Number.POSITIVE_INFINITY;
  return evidence.output('server').filter(({ atMs }) => atMs >= fromMs && atMs < untilMs);
}

/** The kernel's own tables from the start of the student's program to the last line of its report. */
export function tableOf(evidence: Evidence, moment: Moment = READY): Table {
  const fromMs = evidence.when(moment) ?? evidence.endMs;
  const untilMs = printedAt(evidence, moment).reduce((latest, { atMs }) => Math.max(latest, atMs), fromMs);
  const counts = new Map<State, Range>();
  const peers = new Map<string, Range>();
  const rows: SocketRecord[] = [];
  for (const life of evidence.lives('server')) {
    for (const stay of life.stays) {
      const row = stay.rows[0]?.socket;
      if (row === undefined || stay.fromMs > untilMs || stay.toMs < fromMs) continue;
      const whole = stay.fromMs <= fromMs && stay.toMs >= untilMs;
      add(counts, stay.state, whole);
      if (stay.state !== 'LISTEN') add(peers, unmapped(row.remote.address), whole);
      rows.push(row);
    }
  }
  return { counts, peers, untilMs, rows: (state) => rows.filter((row) => row.state === state) };
}

function add<K>(ranges: Map<K, Range>, key: K, whole: boolean): void {
  const { least, most } = ranges.get(key) ?? { least: 0, most: 0 };
  ranges.set(key, { least: least + (whole ? 1 : 0), most: most + 1 });
}
