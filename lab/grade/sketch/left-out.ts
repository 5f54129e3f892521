import type { TimelineEvent } from '../../observe/timeline.ts';

/** What is not drawn between two events that are. */
export interface LeftOut {
  /** When the first and the last of it were, in milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly segments: number;
  /** Changes of state. */
  readonly states: number;
  /** Anything else, such as programs that start or end. */
  readonly others: number;
}

/** Less than this is told with what is left out later, so that a few short connections do not make a note each. */
const LEAST = 12;

/**
 * What was left out, gap by gap: each is told when the next event is drawn, or the last one was.
 * @param leftOut the places of events that are not drawn, in order
 */
export function gapsOf(
  events: readonly TimelineEvent[],
  drawn: ReadonlySet<number>,
  leftOut: readonly number[],
): LeftOut[] {
  const gaps: LeftOut[] = [];
  let gap: number[] = [];
  let from = 0;
  const places = [
    ...[...drawn].map((place) => ({ place, isDrawn: true })),
    ...leftOut.map((place) => ({ place, isDrawn: false })),
  ].sort((a, b) => a.place - b.place);
  const end = (): void => {
    const first = gap[0];
    if (first === undefined) return;
    gaps.push(gapOf(events, gap, Math.max(first, from)));
    gap = [];
  };
  for (const { place, isDrawn } of places) {
    if (!isDrawn) gap.push(place);
    else {
      if (gap.length >= LEAST) end();
      from = place;
    }
  }
  end();
  return gaps;
}

/** @param from the place of the first one, or of an event that is drawn and comes after that */
function gapOf(events: readonly TimelineEvent[], gap: readonly number[], from: number): LeftOut {
  const kinds = gap.map((place) => events[place]?.kind);
  const segments = kinds.filter((kind) => kind === 'segment').length;
  const states = kinds.filter((kind) => kind === 'socket' || kind === 'trace').length;
  const fromMs = events[from]?.atMs ?? 0;
  const toMs = Math.max(fromMs, events[gap.at(-1) ?? from]?.atMs ?? fromMs);
  return { fromMs, toMs, segments, states, others: gap.length - segments - states };
}
