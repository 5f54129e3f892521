import { type Answer, ARRIVALS, type Arrival } from './arrivals.ts';
import type { State } from './states.ts';

/** What is answered, and the state that follows. */
export interface Outcome {
  readonly answer: Answer;
  readonly next: State;
}

/**
 * How strongly it is asked for. Section 3.10.7 of RFC 9293 describes what is done and mostly uses no keyword (`text`). RFC 5961
 * says SHOULD of its sections 3.2 (RST) and 4.2 (SYN) and MAY of 5.2 (ACK); RFC 9293 leaves all three to whoever implements it.
 */
export type Demand = 'text' | 'MUST' | 'SHOULD' | 'MAY';

/** What the RFCs say of one kind of segment in one state. */
export interface ArrivalRule extends Outcome {
  readonly demand: Demand;
  /** The section of RFC 9293, and its step; the section of RFC 5961 when the rule is that one's. */
  readonly section: string;
  /** What a TCP may do instead, and under which rule. */
  readonly otherwise?: Outcome & { readonly section: string };
  /** TIME_WAIT begins anew. */
  readonly restarts?: true;
}

type Row = Readonly<Record<Arrival, ArrivalRule>>;

const STEPS = ['first', 'second', 'third', 'fourth', 'fifth', 'seventh', 'eighth'] as const;
type Step = (typeof STEPS)[number];

/** Section 3.10.7.`n`, a step of it, and no keyword. */
function rule(n: 1 | 2 | 3 | 4, step: Step | undefined, answer: Answer, next: State): ArrivalRule {
  const section = `RFC 9293 3.10.7.${n}${step === undefined ? '' : `, ${step}`}`;
  return { answer, next, demand: 'text', section };
}

/** RFC 5961, and what RFC 9293 says for a TCP without it. */
function mitigation(section: '3.2' | '4.2', state: State, without: ArrivalRule): ArrivalRule {
  return {
    answer: 'challenge ACK',
    next: state,
    demand: 'SHOULD',
    section: `RFC 5961 ${section}`,
    otherwise: {
      answer: without.answer,
      next: without.next,
      section: `${without.section}, without RFC 5961`,
    },
  };
}

/** All data is discarded, an RST too; anything else is answered with an RST (section 3.10.7.1). */
const CLOSED: Row = fill((arrival) => rule(1, undefined, isReset(arrival) ? 'nothing' : 'RST', 'CLOSED'));

const LISTEN: Row = fill((arrival) => {
  if (isReset(arrival)) return rule(2, 'first', 'nothing', 'LISTEN');
  if (isBareSyn(arrival)) return rule(2, 'third', 'SYN+ACK', 'SYN_RCVD');
  return rule(2, 'second', 'RST', 'LISTEN');
});

/** An ACK for the SYN is in order and means nothing without a SYN beside it: step five drops it, whatever else it carries. */
const SYN_SENT: Row = {
  ...fill(() => rule(3, 'fifth', 'nothing', 'SYN_SENT')),
  SYN: rule(3, 'fourth', 'SYN+ACK', 'SYN_RCVD'),
  'SYN in window': rule(3, 'fourth', 'SYN+ACK', 'SYN_RCVD'),
  'SYN+ACK': rule(3, 'fourth', 'ACK', 'ESTABLISHED'),
  'ACK of unsent': rule(3, 'first', 'RST', 'SYN_SENT'),
  'RST outside': rule(3, 'first', 'nothing', 'SYN_SENT'),
  'RST exact': rule(3, 'second', 'nothing', 'CLOSED'),
  'RST in window': rule(3, 'second', 'nothing', 'SYN_SENT'),
};

/** What holds in SYN_RCVD, whichever way it was reached. */
function synRcvd(own: Pick<Row, 'RST exact' | 'SYN in window'>): Row {
  return {
    ...own,
    SYN: rule(4, 'first', 'ACK', 'SYN_RCVD'),
    'SYN+ACK': rule(4, 'first', 'ACK', 'SYN_RCVD'),
    ACK: rule(4, 'fifth', 'nothing', 'ESTABLISHED'),
    'ACK of unsent': {
      ...rule(4, 'fifth', 'RST', 'SYN_RCVD'),
      otherwise: { answer: 'ACK', next: 'SYN_RCVD', section: 'RFC 5961 5.2 (MAY)' },
    },
    data: rule(4, 'seventh', 'ACK of data', 'ESTABLISHED'),
    FIN: rule(4, 'eighth', 'ACK of FIN', 'CLOSE_WAIT'),
    'FIN+ACK': rule(4, 'eighth', 'ACK of FIN', 'CLOSE_WAIT'),
    'RST in window': mitigation('3.2', 'SYN_RCVD', own['RST exact']),
    'RST outside': rule(4, 'first', 'nothing', 'SYN_RCVD'),
  };
}

/** After a passive OPEN: the end that was in LISTEN goes back there. */
const SYN_RCVD: Row = synRcvd({
  'RST exact': rule(4, 'second', 'nothing', 'LISTEN'),
  'SYN in window': rule(4, 'fourth', 'nothing', 'LISTEN'),
});

const resetByRst = rule(4, 'second', 'nothing', 'CLOSED');
const resetBySyn = rule(4, 'fourth', 'RST', 'CLOSED');

/** After an active OPEN: both ends have sent a SYN at the same time. */
const SYN_RCVD_ACTIVE: Row = synRcvd({
  'RST exact': resetByRst,
  'SYN in window': mitigation('4.2', 'SYN_RCVD', resetBySyn),
});

/** What is the same in every synchronized state. */
function synchronized(state: State, own: Pick<Row, 'ACK' | 'data' | 'FIN' | 'FIN+ACK'> & Partial<Row>): Row {
  const unacceptable = rule(4, 'first', 'ACK', state);
  return {
    SYN: mitigation('4.2', state, unacceptable),
    'SYN+ACK': mitigation('4.2', state, unacceptable),
    'SYN in window': mitigation('4.2', state, resetBySyn),
    'ACK of unsent': rule(4, 'fifth', 'ACK', state),
    'RST in window': mitigation('3.2', state, resetByRst),
    'RST exact': { ...resetByRst, demand: 'MUST' },
    'RST outside': rule(4, 'first', 'nothing', state),
    ...own,
  };
}

/** The FIN and its acknowledgment, when no data can come any more: text is ignored, and a FIN is the same FIN again. */
function afterFin(state: State, acknowledged: State): Pick<Row, 'ACK' | 'data' | 'FIN' | 'FIN+ACK'> {
  return {
    ACK: rule(4, 'fifth', 'nothing', acknowledged),
    data: rule(4, 'seventh', 'nothing', state),
    FIN: rule(4, 'first', 'ACK', state),
    'FIN+ACK': rule(4, 'first', 'ACK', state),
  };
}

/** "Acknowledge it, and restart the 2 MSL timeout." */
const AGAIN: ArrivalRule = { ...rule(4, 'fifth', 'ACK', 'TIME_WAIT'), restarts: true };

const RULES: Readonly<Record<State, Row>> = {
  CLOSED,
  LISTEN,
  SYN_SENT,
  SYN_RCVD,
  ESTABLISHED: synchronized('ESTABLISHED', {
    ACK: rule(4, 'fifth', 'nothing', 'ESTABLISHED'),
    data: rule(4, 'seventh', 'ACK of data', 'ESTABLISHED'),
    FIN: rule(4, 'eighth', 'ACK of FIN', 'CLOSE_WAIT'),
    'FIN+ACK': rule(4, 'eighth', 'ACK of FIN', 'CLOSE_WAIT'),
  }),
  FIN_WAIT_1: synchronized('FIN_WAIT_1', {
    ACK: rule(4, 'fifth', 'nothing', 'FIN_WAIT_2'),
    data: rule(4, 'seventh', 'ACK of data', 'FIN_WAIT_1'),
    FIN: rule(4, 'eighth', 'ACK of FIN', 'CLOSING'),
    'FIN+ACK': rule(4, 'eighth', 'ACK of FIN', 'TIME_WAIT'),
  }),
  FIN_WAIT_2: synchronized('FIN_WAIT_2', {
    ACK: rule(4, 'fifth', 'nothing', 'FIN_WAIT_2'),
    data: rule(4, 'seventh', 'ACK of data', 'FIN_WAIT_2'),
    FIN: rule(4, 'eighth', 'ACK of FIN', 'TIME_WAIT'),
    'FIN+ACK': rule(4, 'eighth', 'ACK of FIN', 'TIME_WAIT'),
  }),
  CLOSE_WAIT: synchronized('CLOSE_WAIT', afterFin('CLOSE_WAIT', 'CLOSE_WAIT')),
  CLOSING: synchronized('CLOSING', afterFin('CLOSING', 'TIME_WAIT')),
  LAST_ACK: synchronized('LAST_ACK', afterFin('LAST_ACK', 'CLOSED')),
  TIME_WAIT: synchronized('TIME_WAIT', {
    ...afterFin('TIME_WAIT', 'TIME_WAIT'),
    FIN: AGAIN,
    'FIN+ACK': AGAIN,
    'SYN in window': {
      ...mitigation('4.2', 'TIME_WAIT', resetBySyn),
      otherwise: { answer: 'SYN+ACK', next: 'SYN_RCVD', section: 'RFC 9293 3.6.1 (MAY-2)' },
    },
  }),
};

/**
 * A way into a state that makes a difference. SYN_RCVD by an active OPEN, from SYN_SENT, rather than a passive one. FIN_WAIT_2 by a
 * half-duplex CLOSE (section 3.6.1, MAY-1), after which nobody can read any more, as close(2) is one; shutdown(2) is none.
 */
export type Way = 'active OPEN' | 'half-duplex CLOSE';

const BY_WAY: Readonly<Record<Way, Partial<Record<State, Row>>>> = {
  'active OPEN': { SYN_RCVD: SYN_RCVD_ACTIVE },
  'half-duplex CLOSE': {
    FIN_WAIT_2: {
      ...RULES.FIN_WAIT_2,
      data: { answer: 'RST', next: 'CLOSED', demand: 'SHOULD', section: 'RFC 9293 3.6.1 (SHLD-3)' },
    },
  },
};

/** What RFC 9293 section 3.10.7, with the mitigations of RFC 5961, says of a segment that arrives in a state. */
export function arrivalRule(state: State, arrival: Arrival, way?: Way): ArrivalRule {
  const special = way === undefined ? undefined : BY_WAY[way][state];
  return (special ?? RULES[state])[arrival];
}

function fill(ruleOf: (arrival: Arrival) => ArrivalRule): Row {
  return Object.fromEntries(ARRIVALS.map((arrival) => [arrival, ruleOf(arrival)])) as Record<
    Arrival,
    ArrivalRule
  >;
}

function isReset(arrival: Arrival): boolean {
  return arrival.startsWith('RST');
}

function isBareSyn(arrival: Arrival): boolean {
  return arrival === 'SYN' || arrival === 'SYN in window';
}
