import type { State } from '../../tcp/states.ts';
import type { Life } from './life.ts';

/** A state of a path; with `?` it may have been too short to be seen. */
export type Expected = State | `${State}?`;

/**
 * Holds a socket's life against a path.
 * @returns undefined when it went that way, else when it first did not, in milliseconds.
 */
export function walk(life: Life, path: readonly Expected[]): number | undefined {
  const seen = [
    ...life.stays.map(({ state, fromMs }) => ({ state, atMs: fromMs })),
    ...(life.goneMs === undefined ? [] : [{ state: 'CLOSED' as State, atMs: life.goneMs }]),
  ];
  let n = 0;
  for (const expected of path) {
    const state = expected.replace('?', '') as State;
    if (seen[n]?.state === state) n += 1;
    else if (!expected.endsWith('?')) return seen[n]?.atMs ?? seen.at(-1)?.atMs ?? 0;
  }
  const ended = path.at(-1)?.startsWith('CLOSED') === true;
  const rest = seen[n];
  if (rest === undefined || (!ended && rest.state === 'CLOSED' && n === seen.length - 1)) return undefined;
  return rest.atMs;
}
