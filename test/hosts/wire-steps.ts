import type { Connection } from '../../lab/exercise/judge/connection.ts';
import type { SegmentEvent } from '../../lab/observe/timeline.ts';
import { ACK, FIN, RST, SYN } from '../../lab/tcp/flags.ts';
import { seqAdd } from '../../lab/tcp/sequence.ts';
import type { State } from '../../lab/tcp/states.ts';

/** A segment that arrived at an end, as far as it can change a state. */
interface Arrival {
  readonly atMs: number;
  readonly flags: number;
  /** Whether it acknowledges the FIN that this end has sent. */
  readonly acksFin: boolean;
}

/** What the wire tells of one end of a connection. */
export interface End {
  /** It sent a SYN of its own accord. */
  readonly opens: boolean;
  /** When its FIN arrived at the other end, in milliseconds; undefined when it sent none. */
  readonly finMs: number | undefined;
  /** Whether its FIN acknowledges the other end's: then it closed second. Undefined unless both sent one. */
  readonly closesSecond: boolean | undefined;
  readonly sendsRst: boolean;
  readonly arrivals: readonly Arrival[];
}

type Table = Partial<Readonly<Record<State, State>>>;

/** RFC 9293 sections 3.10.1, 3.10.4 and 3.10.7: what leads from each state where. */
const OWN_SYN: Table = { CLOSED: 'SYN_SENT' };
const OWN_FIN: Table = { SYN_RCVD: 'FIN_WAIT_1', ESTABLISHED: 'FIN_WAIT_1', CLOSE_WAIT: 'LAST_ACK' };
const THEIR_SYN: Table = { LISTEN: 'SYN_RCVD', SYN_SENT: 'SYN_RCVD' };
const THEIR_SYN_ACK: Table = { SYN_SENT: 'ESTABLISHED', SYN_RCVD: 'ESTABLISHED' };
const THEIR_ACK: Table = { SYN_RCVD: 'ESTABLISHED' };
const ACK_OF_FIN: Table = { FIN_WAIT_1: 'FIN_WAIT_2', CLOSING: 'TIME_WAIT', LAST_ACK: 'CLOSED' };
const THEIR_FIN: Table = { ESTABLISHED: 'CLOSE_WAIT', FIN_WAIT_1: 'CLOSING', FIN_WAIT_2: 'TIME_WAIT' };

/** One end of a connection. */
export function endOf({ segments }: Connection, host: string): End {
  const own = segments.filter(({ from }) => from === host);
  const fin = own.find(isFin);
  const theirFin = segments.find((event) => event.to === host && isFin(event));
  const acksFin = fin && ackOf(fin);
  return {
    opens: own.some(({ segment }) => (segment.flags & (SYN | ACK | RST)) === SYN),
    finMs: fin?.atMs,
    closesSecond: fin && theirFin && fin.segment.ack === ackOf(theirFin),
    sendsRst: own.some(({ segment }) => (segment.flags & RST) !== 0),
    arrivals: segments
      .filter(({ to }) => to === host)
      .map(({ atMs, segment: { flags, ack } }) => ({
        atMs,
        flags,
        acksFin: acksFin !== undefined && (flags & ACK) !== 0 && ack === acksFin,
      })),
  };
}

function isFin({ segment: { flags } }: SegmentEvent): boolean {
  return (flags & FIN) !== 0;
}

/** The number that acknowledges a FIN. */
function ackOf({ segment: { seq, payload } }: SegmentEvent): number {
  return seqAdd(seq, payload.length + 1);
}

/**
 * The states after `from`, up to and with `to`, that the segments which arrived between two times account for, with what this end
 * did itself where it has to have been; undefined when they do not. Of several ways it is the longest: whatever could have an
 * effect had it.
 */
export function stepsBetween(
  end: End,
  from: State,
  to: State,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): State[] | undefined {
  const arrivals = end.arrivals.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
  // A FIN may have to wait for room at the other end, and the socket is in its next state already.
  const closes = (next: State | undefined): State | undefined => {
    if (next === to) return next;
    const isInTurn = end.closesSecond === undefined || end.closesSecond === (next === 'LAST_ACK');
    return end.finMs !== undefined && isInTurn ? next : undefined;
  };
  const known = new Map<string, State[] | undefined>();
  const search = (state: State, n: number): State[] | undefined => {
    const key = `${state} ${n}`;
    if (known.has(key)) return known.get(key);
    const arrival = arrivals[n];
    const by = (next: State | undefined, then: number): State[] | undefined => {
      if (next === undefined || next === to) return next && [next];
      const rest = search(next, then);
      return rest && [next, ...rest];
    };
    const ways = [
      arrival && by(afterArrival(state, arrival), n + 1),
      arrival && search(state, n + 1),
      by(closes(OWN_FIN[state]), n),
      by(end.opens ? OWN_SYN[state] : undefined, n),
      by(end.sendsRst && to === 'CLOSED' ? to : undefined, n),
    ];
    const longest = ways.reduce(
      (best, way) => ((way?.length ?? 0) > (best?.length ?? 0) ? way : best),
      undefined,
    );
    known.set(key, longest);
    return longest;
  };
  return search(from, 0);
}

/** The states that this end passed through by what the segments say alone. */
export function stepsOnWire(end: End): State[] {
  const steps: State[] = end.opens ? ['CLOSED', 'SYN_SENT'] : ['LISTEN'];
  const go = (next: State | undefined): void => {
    if (next !== undefined) steps.push(next);
  };
  const now = (): State => steps.at(-1) as State;
  let finMs = end.finMs ?? Number.POSITIVE_INFINITY;
  for (const arrival of [...end.arrivals, undefined]) {
    if (finMs < (arrival?.atMs ?? Number.POSITIVE_INFINITY)) {
      go(OWN_FIN[now()]);
      finMs = Number.POSITIVE_INFINITY;
    }
    if (arrival !== undefined) go(afterArrival(now(), arrival));
  }
  if (end.sendsRst && now() !== 'CLOSED') go('CLOSED');
  return steps;
}

function afterArrival(state: State, { flags, acksFin }: Arrival): State | undefined {
  if (flags & RST) return state === 'LISTEN' || state === 'CLOSED' ? undefined : 'CLOSED';
  if (flags & SYN) return ((flags & ACK) !== 0 ? THEIR_SYN_ACK : THEIR_SYN)[state];
  const acked = (flags & ACK) !== 0 ? (acksFin ? ACK_OF_FIN[state] : THEIR_ACK[state]) : undefined;
  if ((flags & FIN) === 0) return acked;
  if (state === 'FIN_WAIT_1' && acksFin) return 'TIME_WAIT';
  return THEIR_FIN[acked ?? state] ?? acked;
}
