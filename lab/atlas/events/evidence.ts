import { segmentLine } from '../../observe/lines.ts';
import type { SocketRecord } from '../../observe/sock-diag.ts';
import type { SegmentEvent } from '../../observe/timeline.ts';
import type { Numbers } from '../../tcp/arrivals.ts';
import { describeSegment, segmentEnd, segmentLength } from '../../tcp/segment.ts';
import { seqAfter } from '../../tcp/sequence.ts';
import type { State } from '../../tcp/states.ts';
import { CHALLENGES } from './answers.ts';

/** The counters that explain an answer, or that there was none. Linux Documentation/networking/snmp_counter.rst. */
const TELLING = [
  'OutSegs',
  'OutRsts',
  'RetransSegs',
  CHALLENGES,
  'TCPSYNChallenge',
  'DelayedACKs',
  'TCPAbortOnData',
  'TCPAbortOnClose',
  'EstabResets',
  'AttemptFails',
] as const;

/** A socket's row at one instant, or that there was none: then the state is CLOSED. */
export interface Sighting {
  readonly atMs: number;
  readonly state: State;
  readonly cookie: string | null;
  readonly timer: string | null;
  /** When the timer fires, from then on. */
  readonly timerMs: number | null;
}

/** What one cell rests on. Sequence numbers count from both ends' first ones, as tcpdump shows them. */
export interface CellEvidence {
  /** Of both ends. */
  readonly port: number;
  readonly before: Sighting;
  readonly after: Sighting;
  /** The segment in question, as it arrived at the kernel's host. */
  readonly arrived: string;
  /** What the kernel then sent from this port, as it arrived at the other host. */
  readonly answers: readonly string[];
  /**
   * The answer to a segment that was sent after the one in question, to a port where nobody listens: by then the kernel was through
   * with everything before it.
   */
  readonly fence: string;
  /** What sockets of other cells sent again meanwhile: it is among what the kernel has counted. */
  readonly beside: readonly string[];
  /** The kernel had taken in what arrived and not answered at the fence: so long its ACK was waited for, in milliseconds. */
  readonly waitedMs: number;
  /** How much the kernel's own counters have grown, the answer to the fence included; those that have not are left out. */
  readonly counters: Readonly<Record<string, number>>;
  /** The lines of ss for the port, afterwards. */
  readonly ss: readonly string[];
  /** How often the cell was measured: again when the socket's own timer was due before the fence was answered. */
  readonly attempts: number;
}

export function sighting(atMs: number, row: SocketRecord | undefined): Sighting {
  if (row === undefined) return { atMs, state: 'CLOSED', cookie: null, timer: null, timerMs: null };
  const { state, cookie, timer, timerMs } = row;
  return { atMs, state, cookie, timer, timerMs };
}

/** What of the telling counters has grown, and by how much. */
export function grown(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): Record<string, number> {
  const growth = TELLING.map((name) => [name, (after.get(name) ?? 0) - (before.get(name) ?? 0)] as const);
  return Object.fromEntries(growth.filter(([, by]) => by !== 0));
}

/** A segment as it arrived, counted from the first numbers of both ends. */
export function arrivalLine(event: SegmentEvent, numbers: Numbers): string {
  return segmentLine(event, firstNumbers(event, numbers));
}

/** The same in a few words. */
export function arrivalWords(event: SegmentEvent, numbers: Numbers): string {
  return describeSegment(event.segment, firstNumbers(event, numbers));
}

/** An RST for a segment without ACK has the number 0, which is counted from nothing (RFC 9293 section 3.5.2). */
function firstNumbers({ to, segment }: SegmentEvent, { irs, iss }: Numbers): { seq: number; ack: number } {
  const { seq, ack } = to === 'kernel' ? { seq: irs, ack: iss } : { seq: iss, ack: irs };
  return { seq: segment.seq === 0 ? 0 : seq, ack };
}

/**
 * Holds what was captured against what the kernel has counted, the answer to the fence included. OutSegs may leave out a segment
 * that only repeats what was sent before (RFC 4022, tcpOutSegs), and another port's can be nothing else.
 * @param heard everything that the kernel's host has sent meanwhile
 * @returns the disagreement in words; undefined when there is none.
 */
export function miscount(
  heard: readonly SegmentEvent[],
  port: number,
  { sendNext }: Pick<Numbers, 'sendNext'>,
  { OutSegs: counted = 0 }: Readonly<Record<string, number>>,
): string | undefined {
  const repeats = heard.filter(({ segment }) => {
    if (segmentLength(segment) === 0) return false;
    return segment.source.port !== port || !seqAfter(segmentEnd(segment), sendNext);
  });
  if (counted <= heard.length && counted >= heard.length - repeats.length) return undefined;
  return `the kernel counted ${counted} segments sent, ${heard.length} were captured`;
}
