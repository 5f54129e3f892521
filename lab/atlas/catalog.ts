import type { Transition } from '../tcp/transitions.ts';
import { EDGES, edgeName } from './edges.ts';
import type { Provocation } from './provocation.ts';
import { ACTIVE_CLOSE } from './provocations/active-close.ts';
import { GIVE_UP } from './provocations/give-up.ts';
import { LISTENING } from './provocations/listening.ts';
import { OPEN } from './provocations/open.ts';
import { PASSIVE_CLOSE } from './provocations/passive-close.ts';
import { RESET } from './provocations/resets.ts';
import { SIMULTANEOUS_CLOSE } from './provocations/simultaneous-close.ts';
import { SIMULTANEOUS_OPEN } from './provocations/simultaneous-open.ts';
import { SLOW_TIME_WAIT, TIME_WAIT } from './provocations/time-wait.ts';

const ALL: readonly Provocation[] = [
  ...OPEN,
  ...GIVE_UP,
  ...LISTENING,
  ...SIMULTANEOUS_OPEN,
  ...ACTIVE_CLOSE,
  ...PASSIVE_CLOSE,
  ...SIMULTANEOUS_CLOSE,
  ...TIME_WAIT,
  ...RESET,
];

/** Those of every edge, at least one each, in the order of `EDGES`. @param slow with the one that waits for the 60 s of TIME_WAIT. */
export function provocations({ slow = false } = {}): readonly Provocation[] {
  return EDGES.flatMap((each) =>
    slow && each === SLOW_TIME_WAIT.edge ? [SLOW_TIME_WAIT] : provocationsOf(each),
  );
}

/** The provocations of an edge. @throws RangeError when there is none. */
export function provocationsOf(edge: Transition): readonly Provocation[] {
  const found = ALL.filter((provocation) => provocation.edge === edge);
  if (found.length === 0) throw new RangeError(`nothing provokes ${edgeName(edge)}`);
  return found;
}
