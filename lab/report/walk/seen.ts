import { STATES, type State } from '../../tcp/states.ts';
import type { Way } from './diagram.ts';
import { isOneStep, stepsBetween, type WireFacts } from './figure-paths.ts';
import type { Step } from './walks.ts';

/** A stay in words, as `describeLife` has it: `SYN_RCVD for 0.4 ms`. */
const STAY = /^([A-Z_0-9]+) for /;

/**
 * The ways of sockets out of a record of a run, which has them in words and has no segments. Only what is certain without those:
 * how a connection left the table is not, nor how one began at a host that also listens, unless it was seen in SYN_RCVD. Pure.
 * @param seen as in `ExerciseResult`; words that are no states are left out
 */
export function waysOfSeen(seen: Readonly<Record<string, readonly string[]>>): Way[] {
  const hosts = Object.entries(seen).map(([host, lives]) => {
    const own = lives.map((words) => ({ states: statesIn(words), isGone: words.endsWith(' → gone') }));
    return { host, own, doesListen: own.some(({ states }) => states[0] === 'LISTEN') };
  });
  // Where nobody listens, two may have opened at the same time.
  const facts: WireFacts = { hasSyn: !hosts.some(({ doesListen }) => doesListen), afterFin: undefined };
  return hosts.flatMap(({ host, own, doesListen }) =>
    own.flatMap(({ states, isGone }): Way[] => {
      const [first] = states;
      if (first === undefined) return [];
      const isListener = first === 'LISTEN';
      const end: State[] = isListener && isGone && states.length === 1 ? ['CLOSED'] : [];
      const way = [...beginning(first, doesListen), ...states, ...end];
      return [{ host, isListener, states, steps: stepsThrough(way, facts) }];
    }),
  );
}

/** Where a socket was before it was seen for the first time; nothing when that is not certain. */
function beginning(first: State, doesListen: boolean): State[] {
  if (first === 'CLOSED') return [];
  if (first === 'LISTEN' || !doesListen) return ['CLOSED'];
  return first === 'SYN_RCVD' ? ['LISTEN'] : [];
}

function statesIn(words: string): State[] {
  return words.split(' → ').flatMap((part) => {
    const name = STAY.exec(part)?.[1];
    return STATES.filter((state) => state === name);
  });
}

function stepsThrough(states: readonly State[], facts: WireFacts): Step[] {
  return states.slice(1).flatMap((to, n): Step[] => {
    const from = states[n] as State;
    // From FIN_WAIT_1 only the wire tells which way it was.
    if (from !== 'FIN_WAIT_1' && isOneStep(from, to, facts)) return [{ from, to, how: 'seen' }];
    const steps = stepsBetween(from, to, facts);
    const isDirect = steps.length === 1 && steps[0]?.[0] === from && steps[0][1] === to;
    return steps.map(([a, b]) => ({ from: a, to: b, how: isDirect ? 'seen' : 'unseen' }));
  });
}
