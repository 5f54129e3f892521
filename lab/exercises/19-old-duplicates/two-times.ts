import type { Connection } from '../../exercise/judge/connection.ts';
import { segmentsOf } from '../../exercise/judge/evidence.ts';
import type { Judge } from '../../exercise/judge/judge.ts';
import { duration } from '../../exercise/judge/life.ts';
import type { Plan } from '../../exercise/plan.ts';
import type { SegmentEvent } from '../../observe/timeline.ts';
import { segmentEnd } from '../../tcp/segment.ts';

/** Added to the last number that the old connection used: `tcp_timewait_state_process`, net/ipv4/tcp_minisocks.c. */
export const NUMBER_STEP = 65_537;

/** What the client says the first time, and what it says the second time. */
export function words(plan: Plan): { readonly old: string; readonly fresh: string } {
  return { old: `old-${plan.word('old', 6)}`, fresh: `new-${plan.word('fresh', 10)}` };
}

/** The bytes that a host has sent in a connection, each once, in order. */
export function bytesFrom(connection: Connection, host: string): string {
  const bySeq = new Map<number, Uint8Array>();
  for (const { segment } of segmentsOf(connection, { from: host, payload: 'some' }))
    bySeq.set(segment.seq, segment.payload);
  return Buffer.concat([...bySeq.values()]).toString();
}

/** What comes sooner than this is not late. */
export const LATE_MS = 100;

/** What the first connection has left: its old data, the numbers it ended with, and when TIME_WAIT began. */
export interface Past {
  readonly connection: Connection;
  /** The client's first segment with data. */
  readonly data: SegmentEvent;
  /** The client's number after its FIN, which TIME_WAIT expects next. */
  readonly clientNext: number;
  readonly serverNext: number;
  /** When the client's FIN arrived. */
  readonly sinceMs: number;
}

/** The first connection up to TIME_WAIT on the server. @throws NotMet when it was not as it should be. */
export function past(j: Judge): Past {
  const connection = j.connection('client', 'server');
  const data = j.sent(connection, 'client', { payload: 'some' }, { action: 'the client sends data' });
  const theirs = j.sent(connection, 'server', { has: 'F' });
  const yours = j.sent(
    connection,
    'client',
    { has: 'F', ack: segmentEnd(theirs.segment) },
    { because: 'no-fin' },
  );
  const leftMs = Math.min(connection.untilMs, j.evidence.endMs) - yours.atMs;
  j.that(leftMs >= LATE_MS || connection.untilMs === Number.POSITIVE_INFINITY, {
    host: 'client',
    action: `no new connection for ${duration(LATE_MS)}`,
    expected: `${duration(LATE_MS)} or more between the end of the first connection and the second SYN`,
    observed: `the second SYN came after ${duration(leftMs)}, before anything late could come`,
    because: 'too-soon',
    atMs: yours.atMs,
    help: 'Stop for some 300 ms when the first connection has ended: setTimeout(late, 300).',
  });
  j.reaches(j.socket(connection, 'server'), 'TIME_WAIT');
  return {
    connection,
    data,
    clientNext: segmentEnd(yours.segment),
    serverNext: segmentEnd(theirs.segment),
    sinceMs: yours.atMs,
  };
}
