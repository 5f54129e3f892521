import type { Exercise } from '../exercise/exercise.ts';
import { Evidence } from '../exercise/judge/evidence.ts';
import type { Life, Stay } from '../exercise/judge/life.ts';
import type { TimelineData } from '../observe/timeline.ts';
import { STATES, type State } from '../tcp/states.ts';
import { TRANSITIONS } from '../tcp/transitions.ts';
import type { Progress } from './progress.ts';

/** States and transitions that a kernel has passed through. */
export interface Seen {
  readonly states: ReadonlySet<State>;
  /** As `arrow` writes them. */
  readonly transitions: ReadonlySet<string>;
}

/** A transition as progress files and lists write it. */
export function arrow(from: State, to: State): string {
  return `${from} → ${to}`;
}

/** Every way of RFC 9293 figure 5 from one state to another, in its order. */
export const ARROWS: readonly { readonly from: State; readonly to: State; readonly arrow: string }[] =
  TRANSITIONS.map(({ from, to }) => ({ from, to, arrow: arrow(from, to) }));

/** 2 MSL on Linux is 60 s; a TIME_WAIT that went earlier was ended by something else. */
const TWO_MSL_MS = 59_000;

/**
 * What a run's evidence shows: the states that sock_diag saw, and each step from one seen state to the next that the figure has.
 * A step over a state too short to be seen is none.
 */
export function seenIn(timeline: TimelineData): Seen {
  const evidence = new Evidence(timeline);
  const paths = evidence.hosts.flatMap((host) => evidence.lives(host).map(pathOf));
  return seenOn(paths);
}

/** What a pass proves: the paths of the exercise, whose short states its checks read off the wire. */
export function provedBy({ paths }: Pick<Exercise, 'paths'>): Seen {
  return seenOn(Object.values(paths));
}

function seenOn(paths: readonly (readonly State[])[]): Seen {
  const steps = paths.flatMap((path) => path.slice(1).map((to, n) => arrow(path[n] as State, to)));
  return {
    states: new Set(paths.flat()),
    transitions: new Set(ARROWS.map((each) => each.arrow).filter((each) => steps.includes(each))),
  };
}

/** A socket's states, with what the figure has before its first one and after its last one. */
function pathOf({ stays, goneMs }: Life): State[] {
  const [first] = stays;
  const last = stays.at(-1);
  if (first === undefined || last === undefined) return [];
  const after = goneMs === undefined ? [] : afterGone(last, goneMs - last.fromMs);
  return [...beforeFirst(first), ...stays.map(({ state }) => state), ...after];
}

function beforeFirst(first: Stay): State[] {
  if (isRequest(first)) return ['LISTEN'];
  return first.state === 'LISTEN' || first.state === 'SYN_SENT' ? ['CLOSED'] : [];
}

function afterGone(last: Stay, stayedMs: number): State[] {
  if (isRequest(last)) return ['LISTEN'];
  return last.state === 'TIME_WAIT' && stayedMs < TWO_MSL_MS ? [] : ['CLOSED'];
}

/** A connection that a listener half knows: it has no owner yet, so no inode. */
function isRequest({ state, rows }: Stay): boolean {
  return state === 'SYN_RCVD' && rows[0]?.socket.inode === 0;
}

/** Progress with what a run has shown added to it. */
export function withSeen(progress: Progress, ...runs: readonly Seen[]): Progress {
  const states = new Set<State>([...progress.states, ...runs.flatMap((run) => [...run.states])]);
  const transitions = new Set([...progress.transitions, ...runs.flatMap((run) => [...run.transitions])]);
  const known = new Set<string>(STATES);
  const arrows = new Set(ARROWS.map((each) => each.arrow));
  return {
    ...progress,
    states: [...STATES.filter((state) => states.has(state)), ...[...states].filter((s) => !known.has(s))],
    transitions: [
      ...ARROWS.map((each) => each.arrow).filter((each) => transitions.has(each)),
      ...[...transitions].filter((each) => !arrows.has(each)),
    ],
  };
}
