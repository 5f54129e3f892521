import type { State } from '../../tcp/states.ts';
import { TRANSITIONS, type Transition } from '../../tcp/transitions.ts';

/** States that no socket passes through unseen: nobody leaves TIME_WAIT in less than its 60 s but by an end, and the others begin and end a life. */
const LASTING: readonly State[] = ['CLOSED', 'LISTEN', 'TIME_WAIT'];

/** What the wire tells of the way a socket went. */
export interface WireFacts {
  /** A SYN without ACK came to its host, as it does to one that listens and in a simultaneous open. */
  readonly hasSyn: boolean;
  /** Which came first after its own FIN: the ACK of it, the other end's FIN, or both in one segment. Undefined when neither came. */
  readonly afterFin: 'ack' | 'fin' | 'both' | undefined;
}

/** Whether a socket may have taken a step unseen: Linux puts off a close in SYN_RCVD, and connect() while listening is an error. */
function isLikely({ from, to, event }: Transition, { hasSyn, afterFin }: WireFacts): boolean {
  if (from === 'SYN_RCVD') return to === 'ESTABLISHED';
  if (from === 'LISTEN') return event !== 'SEND';
  if (from === 'SYN_SENT') return event !== 'rcv SYN' || hasSyn;
  return from !== 'FIN_WAIT_1' || afterFin === undefined || to === AFTER_FIN[afterFin];
}

const AFTER_FIN = { ack: 'FIN_WAIT_2', fin: 'CLOSING', both: 'TIME_WAIT' } as const;

/** Whether one step of the figure leads there, and nothing on the wire speaks against it. */
export function isOneStep(from: State, to: State, facts: WireFacts): boolean {
  const step = TRANSITIONS.find((known) => known.from === from && known.to === to);
  return step !== undefined && (from !== 'FIN_WAIT_1' || isLikely(step, facts));
}

/**
 * The steps that a socket must have taken from one state to another, when it was not seen in between: those that every way
 * through the figure has in common. Empty when there is no way.
 */
export function stepsBetween(from: State, to: State, facts: WireFacts): (readonly [State, State])[] {
  const ways = waysBetween([from], to, facts);
  const [first = []] = ways;
  return pairs(first).filter(([a, b]) =>
    ways.every((way) => pairs(way).some(([c, d]) => a === c && b === d)),
  );
}

function waysBetween(way: readonly State[], to: State, facts: WireFacts): State[][] {
  const here = way.at(-1) as State;
  return TRANSITIONS.filter((step) => step.from === here && isLikely(step, facts)).flatMap((step) => {
    if (step.to === to) return [[...way, to]];
    return way.includes(step.to) || LASTING.includes(step.to)
      ? []
      : waysBetween([...way, step.to], to, facts);
  });
}

function pairs(way: readonly State[]): [State, State][] {
  return way.slice(1).map((state, n) => [way[n] as State, state]);
}
