import type { State } from '../../tcp/states.ts';
import type { Step, Walk } from './walks.ts';

/**
 * A socket's way in words: `CLOSED → (SYN_SENT) → ESTABLISHED`. What is in brackets was too short to be seen; `…` stands for a part
 * that cannot be told.
 */
export function walkWords({ life, steps }: Walk): string {
  const seen = new Set<State>(life.stays.map(({ state }) => state));
  const named = (state: State): string =>
    state === 'CLOSED' || state === 'LISTEN' || seen.has(state) ? state : `(${state})`;
  const first = steps[0]?.from ?? life.stays[0]?.state ?? 'CLOSED';
  const words = steps.map((step, n) => {
    const before = steps[n - 1]?.to ?? first;
    return `${step.from === before ? '' : ` … ${named(step.from)}`} → ${named(step.to)}${ENDS[step.how]}`;
  });
  const last = life.stays.at(-1)?.state;
  const end = steps.at(-1)?.to ?? first;
  const isCut = life.goneMs === undefined && last !== undefined && last !== end;
  return [named(first), ...words, ...(isCut ? [` … ${last}`] : [])].join('');
}

const ENDS: Readonly<Record<Step['how'], string>> = {
  seen: '',
  unseen: '',
  reset: ' by RST',
  gone: ' without a segment',
};
