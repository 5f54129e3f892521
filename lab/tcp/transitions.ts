import type { State } from './states.ts';

/** What makes a connection change state: a user call, an arriving segment or a timeout. */
export type Event =
  | 'passive OPEN'
  | 'active OPEN'
  | 'SEND'
  | 'CLOSE'
  | 'rcv SYN'
  | 'rcv SYN,ACK'
  | 'rcv ACK of SYN'
  | 'rcv FIN'
  | 'rcv ACK of FIN'
  | 'rcv FIN,ACK of FIN'
  | 'rcv RST'
  | 'timeout 2MSL';

export interface Transition {
  readonly from: State;
  readonly to: State;
  readonly event: Event;
  /** The segment the transition sends: `SYN`, `SYN,ACK`, `ACK`, `FIN`, or `''` for none. */
  readonly sends: string;
  /** The section of RFC 9293 whose text prescribes it. */
  readonly section: string;
}

function row(from: State, to: State, event: Event, sends: string, section: string): Transition {
  return { from, to, event, sends, section };
}

/**
 * RFC 9293 figure 5 (section 3.3.2), one row an edge: the 20 drawn ones, and FIN_WAIT_1 to TIME_WAIT, which
 * the figure's note 2 says it leaves out. SYN_RCVD to LISTEN holds only after a passive OPEN (note 1).
 */
export const TRANSITIONS: readonly Transition[] = [
  row('CLOSED', 'LISTEN', 'passive OPEN', '', '3.10.1'),
  row('CLOSED', 'SYN_SENT', 'active OPEN', 'SYN', '3.10.1'),
  row('LISTEN', 'CLOSED', 'CLOSE', '', '3.10.4'),
  row('LISTEN', 'SYN_RCVD', 'rcv SYN', 'SYN,ACK', '3.10.7.2'),
  row('LISTEN', 'SYN_SENT', 'SEND', 'SYN', '3.10.2'),
  row('SYN_SENT', 'CLOSED', 'CLOSE', '', '3.10.4'),
  row('SYN_SENT', 'SYN_RCVD', 'rcv SYN', 'SYN,ACK', '3.10.7.3'),
  row('SYN_SENT', 'ESTABLISHED', 'rcv SYN,ACK', 'ACK', '3.10.7.3'),
  row('SYN_RCVD', 'ESTABLISHED', 'rcv ACK of SYN', '', '3.10.7.4'),
  row('SYN_RCVD', 'FIN_WAIT_1', 'CLOSE', 'FIN', '3.10.4'),
  row('SYN_RCVD', 'LISTEN', 'rcv RST', '', '3.10.7.4'),
  row('ESTABLISHED', 'FIN_WAIT_1', 'CLOSE', 'FIN', '3.10.4'),
  row('ESTABLISHED', 'CLOSE_WAIT', 'rcv FIN', 'ACK', '3.10.7.4'),
  row('FIN_WAIT_1', 'FIN_WAIT_2', 'rcv ACK of FIN', '', '3.10.7.4'),
  row('FIN_WAIT_1', 'CLOSING', 'rcv FIN', 'ACK', '3.10.7.4'),
  row('FIN_WAIT_1', 'TIME_WAIT', 'rcv FIN,ACK of FIN', 'ACK', '3.10.7.4'),
  row('FIN_WAIT_2', 'TIME_WAIT', 'rcv FIN', 'ACK', '3.10.7.4'),
  row('CLOSING', 'TIME_WAIT', 'rcv ACK of FIN', '', '3.10.7.4'),
  row('CLOSE_WAIT', 'LAST_ACK', 'CLOSE', 'FIN', '3.10.4'),
  row('LAST_ACK', 'CLOSED', 'rcv ACK of FIN', '', '3.10.7.4'),
  row('TIME_WAIT', 'CLOSED', 'timeout 2MSL', '', '3.10.8'),
];

/**
 * How an arriving RST ends each state (section 3.10.7), apart from SYN_RCVD to LISTEN, which the figure has.
 * LISTEN ignores an RST, so it has no row; SYN_RCVD to CLOSED is the case of an active OPEN.
 */
export const RESETS: readonly Transition[] = [
  row('SYN_SENT', 'CLOSED', 'rcv RST', '', '3.10.7.3'),
  row('SYN_RCVD', 'CLOSED', 'rcv RST', '', '3.10.7.4'),
  row('ESTABLISHED', 'CLOSED', 'rcv RST', '', '3.10.7.4'),
  row('FIN_WAIT_1', 'CLOSED', 'rcv RST', '', '3.10.7.4'),
  row('FIN_WAIT_2', 'CLOSED', 'rcv RST', '', '3.10.7.4'),
  row('CLOSE_WAIT', 'CLOSED', 'rcv RST', '', '3.10.7.4'),
  row('CLOSING', 'CLOSED', 'rcv RST', '', '3.10.7.4'),
  row('LAST_ACK', 'CLOSED', 'rcv RST', '', '3.10.7.4'),
  row('TIME_WAIT', 'CLOSED', 'rcv RST', '', '3.10.7.4'),
];

/** The rows of `TRANSITIONS` that leave `state`, in the table's order; `RESETS` are not among them. */
export function transitionsFrom(state: State): readonly Transition[] {
  return TRANSITIONS.filter((transition) => transition.from === state);
}

/** Whether one step leads from `from` to `to`, by the figure or by an RST. Staying is not a step. */
export function isTransition(from: State, to: State): boolean {
  return [...TRANSITIONS, ...RESETS].some((step) => step.from === from && step.to === to);
}

/**
 * The shortest path of states over `TRANSITIONS`, both ends included, found breadth first; of several
 * equally short ones, the one the table's order finds first. `[from]` when the two are the same,
 * `undefined` when no path exists.
 */
export function reachable(from: State, to: State): readonly State[] | undefined {
  const paths = new Map<State, readonly State[]>([[from, [from]]]);
  // A Map visits entries added while it is walked, which makes it the queue as well as the visited set.
  for (const [state, path] of paths) {
    if (state === to) return path;
    for (const next of transitionsFrom(state)) {
      if (!paths.has(next.to)) paths.set(next.to, [...path, next.to]);
    }
  }
  return undefined;
}

/** Whether a socket in `from` can still get to `to`, or is there: along `TRANSITIONS`, short of a new life from CLOSED on. */
export function canReach(from: State, to: State): boolean {
  const reached = new Set<State>([from]);
  for (const state of reached) {
    if (state === 'CLOSED' && from !== 'CLOSED') continue;
    for (const transition of transitionsFrom(state)) reached.add(transition.to);
  }
  return reached.has(to);
}
