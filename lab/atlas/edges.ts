import type { State } from '../tcp/states.ts';
import { type Event, RESETS, TRANSITIONS, type Transition } from '../tcp/transitions.ts';

/** Every way from one state to another: RFC 9293 figure 5, and the ends by RST that its text adds. */
export const EDGES: readonly Transition[] = [...TRANSITIONS, ...RESETS];

/** The one edge between two states with this event. @throws RangeError when there is none. */
export function edge(from: State, to: State, event: Event): Transition {
  const found = EDGES.find((one) => one.from === from && one.to === to && one.event === event);
  if (found === undefined) throw new RangeError(`RFC 9293 has no ${from} → ${to} with ${event}`);
  return found;
}

/** `SYN_SENT → CLOSED, rcv RST`: two edges may have both ends in common. */
export function edgeName({ from, to, event }: Pick<Transition, 'from' | 'to' | 'event'>): string {
  return `${from} → ${to}, ${event}`;
}
