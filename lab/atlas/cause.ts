import type { SegmentEvent } from '../observe/timeline.ts';
import { ACK, FIN, RST, SYN } from '../tcp/flags.ts';
import { matchesSegment } from '../tcp/pattern.ts';
import { segmentEnd } from '../tcp/segment.ts';
import type { Transition } from '../tcp/transitions.ts';

/** What one host sent and what arrived there, of one connection, in order. */
export interface Exchange {
  readonly sent: readonly SegmentEvent[];
  readonly arrived: readonly SegmentEvent[];
}

/** Whether an edge is caused by a segment, and not by a call of the program or a timer. */
export function isCausedBySegment({ event }: Transition): boolean {
  return event.startsWith('rcv ');
}

/** Whether a segment that arrived is the event of an edge. */
export function isEvent({ event, from }: Transition, { segment }: SegmentEvent, exchange: Exchange): boolean {
  const has = (flags: number): boolean => (segment.flags & flags) === flags;
  const acknowledges = (end: number | undefined): boolean => has(ACK) && segment.ack === end;
  const finEnd = endOf(exchange, FIN);
  switch (event) {
    case 'rcv SYN':
      return has(SYN) && !has(ACK) && !has(RST);
    case 'rcv SYN,ACK':
      return has(SYN) && !has(RST) && acknowledges(endOf(exchange, SYN));
    case 'rcv ACK of SYN':
      return !has(RST) && acknowledges(endOf(exchange, SYN));
    case 'rcv FIN':
      return has(FIN) && (finEnd === undefined || from !== 'FIN_WAIT_1' || !acknowledges(finEnd));
    case 'rcv ACK of FIN':
      return !has(RST) && acknowledges(finEnd) && !(has(FIN) && from === 'FIN_WAIT_1');
    case 'rcv FIN,ACK of FIN':
      return has(FIN) && acknowledges(finEnd);
    case 'rcv RST':
      return has(RST);
    case 'passive OPEN':
    case 'active OPEN':
    case 'SEND':
    case 'CLOSE':
    case 'timeout 2MSL':
      return false;
  }
}

/** The segment that an edge sends, not earlier than `afterMs`; undefined when there is none. An ACK must take in its cause. */
export function answerTo(
  { sends }: Transition,
  exchange: Exchange,
  afterMs: number,
  cause: SegmentEvent | undefined,
): SegmentEvent | undefined {
  const flags = { SYN: 'S', 'SYN,ACK': 'S.', ACK: '.', FIN: 'F' }[sends] ?? '';
  const not = sends === 'SYN' ? '.R' : 'R';
  return exchange.sent.find(
    ({ atMs, segment }) =>
      atMs >= afterMs &&
      matchesSegment({ has: flags, not }, segment) &&
      (cause === undefined || sends !== 'ACK' || segment.ack === segmentEnd(cause.segment)),
  );
}

/** The number behind the first SYN or FIN that was sent: what acknowledges it. */
function endOf({ sent }: Exchange, flag: number): number | undefined {
  const event = sent.find(({ segment }) => (segment.flags & (flag | RST)) === flag);
  return event === undefined ? undefined : segmentEnd(event.segment);
}
