import { seqAdd } from './sequence.ts';
import type { State } from './states.ts';

/** The kinds of segment that arrive in the matrix of RFC 9293 section 3.10.7, in the order in which they are shown. */
export const ARRIVALS = [
  'SYN',
  'SYN+ACK',
  'ACK',
  'ACK of unsent',
  'data',
  'FIN',
  'FIN+ACK',
  'RST in window',
  'RST exact',
  'RST outside',
  'SYN in window',
] as const;

export type Arrival = (typeof ARRIVALS)[number];

/**
 * What a TCP answers to a segment. A challenge ACK looks like any other ACK (RFC 5961): only its reason differs, and Linux counts
 * it apart. `ACK of data` and `ACK of FIN` acknowledge what has just arrived; a plain ACK only repeats RCV.NXT.
 */
export type Answer =
  | 'nothing'
  | 'ACK'
  | 'challenge ACK'
  | 'ACK of data'
  | 'ACK of FIN'
  | 'SYN'
  | 'SYN+ACK'
  | 'data'
  | 'FIN'
  | 'RST';

/** The numbers of a connection as the end has them at which a segment arrives, mod 2^32 (RFC 9293 section 3.3.1). */
export interface Numbers {
  /** The number of the sender's SYN, IRS. */
  readonly irs: number;
  readonly receiveNext: number;
  /** The number of this end's own SYN, ISS. */
  readonly iss: number;
  readonly sendNext: number;
  /** This end has sent a FIN that nobody has acknowledged. */
  readonly finUnacknowledged: boolean;
}

/** An arriving segment as it is to be sent: `flags` in tcpdump's notation, `ack` only with the ACK flag. */
export interface ArrivingSegment {
  readonly flags: string;
  readonly seq: number;
  readonly ack?: number;
  readonly payload?: string;
}

/** How far behind RCV.NXT a number is that is in the window and not exact. */
const BESIDE = 100;
/** Farther behind RCV.NXT than any window of a new connection. */
const OUTSIDE = 2 ** 30;
/** How far behind SND.NXT an acknowledgment of something never sent is. */
const UNSENT = 1_000;
const PAYLOAD = 'hello';

/** The states of an end that has received a FIN: another one can only be the same again. */
const AFTER_FIN: readonly State[] = ['CLOSE_WAIT', 'CLOSING', 'LAST_ACK', 'TIME_WAIT'];

/** The segment of a kind, for an end in `state` with these numbers. */
export function arrivingSegment(state: State, arrival: Arrival, numbers: Numbers): ArrivingSegment {
  const { irs, receiveNext, sendNext, finUnacknowledged } = numbers;
  const beforeFin = finUnacknowledged ? seqAdd(sendNext, -1) : sendNext;
  const finSeq = AFTER_FIN.includes(state) ? seqAdd(receiveNext, -1) : receiveNext;
  switch (arrival) {
    case 'SYN':
      return { flags: 'S', seq: irs };
    case 'SYN in window':
      return { flags: 'S', seq: seqAdd(receiveNext, BESIDE) };
    case 'SYN+ACK':
      return { flags: 'S.', seq: irs, ack: sendNext };
    case 'ACK':
      return { flags: '.', seq: receiveNext, ack: sendNext };
    case 'ACK of unsent':
      return { flags: '.', seq: receiveNext, ack: seqAdd(sendNext, UNSENT) };
    case 'data':
      return { flags: 'P.', seq: receiveNext, ack: beforeFin, payload: PAYLOAD };
    case 'FIN':
      return { flags: 'F.', seq: finSeq, ack: beforeFin };
    case 'FIN+ACK':
      return { flags: 'F.', seq: finSeq, ack: sendNext };
    case 'RST in window':
    case 'RST exact':
    case 'RST outside':
      return state === 'SYN_SENT' ? resetOfSyn(arrival, numbers) : reset(arrival, receiveNext);
  }
}

type Reset = Extract<Arrival, `RST ${string}`>;

function reset(arrival: Reset, receiveNext: number): ArrivingSegment {
  const beside = { 'RST in window': BESIDE, 'RST exact': 0, 'RST outside': OUTSIDE }[arrival];
  return { flags: 'R', seq: seqAdd(receiveNext, beside) };
}

/** In SYN_SENT there is no RCV.NXT: only its ACK number says whether an RST is meant for this connection (section 3.10.7.3). */
function resetOfSyn(arrival: Reset, { irs, sendNext }: Numbers): ArrivingSegment {
  if (arrival === 'RST in window') return { flags: 'R', seq: irs };
  return { flags: 'R.', seq: 0, ack: arrival === 'RST exact' ? sendNext : seqAdd(sendNext, UNSENT) };
}
