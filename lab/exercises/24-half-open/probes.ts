import type { Connection } from '../../exercise/judge/connection.ts';
import { type Evidence, segmentsOf } from '../../exercise/judge/evidence.ts';
import type { Judge } from '../../exercise/judge/judge.ts';
import type { SegmentEvent } from '../../observe/timeline.ts';
import { segmentEnd } from '../../tcp/segment.ts';
import { seqAdd } from '../../tcp/sequence.ts';

/** The step of the scenario from which on nothing gets through. */
export const CUT = 'the line is cut';

/** What the client sent on a connection after the line was cut. */
export function afterCut(evidence: Evidence, connection: Connection): readonly SegmentEvent[] {
  const cutMs = evidence.when(CUT) ?? evidence.endMs;
  return segmentsOf(connection, { from: 'client', afterMs: cutMs });
}

/** Keepalive probes: bare ACKs with a sequence number that the other end has had already. RFC 9293, section 3.8.4. */
export function probesOf(evidence: Evidence, connection: Connection): readonly SegmentEvent[] {
  const cutMs = evidence.when(CUT) ?? evidence.endMs;
  const next = nextOf(segmentsOf(connection, { from: 'client', beforeMs: cutMs }));
  return afterCut(evidence, connection).filter(
    ({ segment }) => next !== undefined && segment.seq === seqAdd(next, -1) && segment.payload.length <= 1,
  );
}

/** The sequence number that follows the last of some segments; undefined when there are none. */
export function nextOf(segments: readonly SegmentEvent[]): number | undefined {
  const last = segments.at(-1);
  return last === undefined ? undefined : segmentEnd(last.segment);
}

/** The step that a connection was opened from the port that it should come from. */
export function fromPort(j: Judge, connection: Connection, port: number): void {
  const own = connection.opener.endpoint.port;
  j.that(own === port, {
    host: 'client',
    action: `the SYN comes from port ${port}`,
    expected: `a SYN from port ${port} of the client`,
    observed: `it came from port ${own}`,
    because: 'wrong-port',
    atMs: connection.fromMs,
  });
}
