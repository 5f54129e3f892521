import type { Arrival } from '../../tcp/arrivals.ts';
import type { State } from '../../tcp/states.ts';
import type { Variant } from './bring-to.ts';
import type { EventCell } from './events.ts';
import { remarkOn } from './notes.ts';

/** One way in which the kernel differs from the RFCs, and the cells in which it was seen. */
export interface Difference {
  readonly sentence: string;
  readonly cells: readonly {
    readonly state: State;
    readonly arriving: Arrival;
    readonly variant?: Variant | undefined;
  }[];
}

/** What was seen to differ, one entry a kind, in the order of the cells. */
export function differencesAmong(cells: readonly EventCell[]): Difference[] {
  const kinds = Map.groupBy(
    cells.filter(({ agrees }) => agrees === false),
    differenceSentence,
  );
  return [...kinds].map(([sentence, kind]) => ({
    sentence,
    cells: kind.map(({ state, arriving, variant }) => ({ state, arriving, ...(variant && { variant }) })),
  }));
}

/** What the RFCs say of a cell that differs, and why the kernel does otherwise, where that is known. */
export function differenceSentence(cell: EventCell): string {
  const { state, answer, next, rfc } = cell;
  if (answer === null || next === null) return '';
  const then = rfc.next === next ? '' : rfc.next === state ? ', and the state stays' : `, and ${rfc.next}`;
  return [`${rfc.section}: ${rfc.answer}${then}.`, remarkOn({ ...cell, answer, next })]
    .filter((text) => text !== undefined)
    .join(' ');
}
