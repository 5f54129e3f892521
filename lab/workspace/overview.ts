import type { Exercise } from '../exercise/exercise.ts';
import { STATES, type State } from '../tcp/states.ts';
import { isStarted } from './folder.ts';
import { type Progress, progressOf } from './progress.ts';
import { ARROWS, arrow } from './seen.ts';

export type Status = 'not-started' | 'started' | 'attempted' | 'passed';

export interface ListedExercise {
  readonly number: number;
  readonly slug: string;
  readonly title: string;
  readonly points: number;
  /** The states on its paths, in the order of RFC 9293. */
  readonly states: readonly State[];
  readonly status: Status;
  readonly attempts: number;
  readonly bestPoints: number;
  readonly hints: number;
  readonly gaveUp: boolean;
}

/** A state or a transition: whether it was seen, and the numbers of the exercises that reach it. */
export interface Reached {
  readonly seen: boolean;
  readonly exercises: readonly number[];
}

export interface Overview {
  readonly exercises: readonly ListedExercise[];
  readonly map: {
    readonly states: readonly (Reached & { readonly state: State })[];
    readonly transitions: readonly (Reached & { readonly from: State; readonly to: State })[];
  };
}

/** The exercises with a student's progress, and the map of what their kernel has passed through. */
export function overview(exercises: readonly Exercise[], progress: Progress): Overview {
  const states = new Set(progress.states);
  const transitions = new Set(progress.transitions);
  const reaching = (test: (path: readonly State[]) => boolean): number[] =>
    exercises.filter(({ paths }) => Object.values(paths).some(test)).map(({ number }) => number);
  return {
    exercises: exercises.map((exercise) => listed(exercise, progress)),
    map: {
      states: STATES.map((state) => ({
        state,
        seen: states.has(state),
        exercises: reaching((path) => path.includes(state)),
      })),
      transitions: ARROWS.map(({ from, to, arrow: words }) => ({
        from,
        to,
        seen: transitions.has(words),
        exercises: reaching((path) =>
          path.some((state, n) => arrow(path[n - 1] ?? 'CLOSED', state) === words && n > 0),
        ),
      })),
    },
  };
}

function listed(exercise: Exercise, progress: Progress): ListedExercise {
  const { number, slug, title, points, paths } = exercise;
  const own = progressOf(progress, slug);
  const on = new Set(Object.values(paths).flat());
  return {
    number,
    slug,
    title,
    points,
    states: STATES.filter((state) => on.has(state)),
    status: statusOf(exercise, own),
    attempts: own.attempts,
    bestPoints: own.bestPoints,
    hints: own.hints,
    gaveUp: own.gaveUpAt !== undefined,
  };
}

function statusOf(exercise: Exercise, { passedAt, attempts }: ReturnType<typeof progressOf>): Status {
  if (passedAt !== undefined) return 'passed';
  if (attempts > 0) return 'attempted';
  return isStarted(exercise) ? 'started' : 'not-started';
}
