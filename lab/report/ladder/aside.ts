import { oneLine } from '../../grade/formats/plain-text.ts';
import type { TimelineEvent } from '../../observe/timeline.ts';

/** A note on a ladder that is no event of its timeline: where a check failed, or where something is not drawn. */
export interface Aside {
  /** In milliseconds; it stands behind the events up to then. */
  readonly atMs: number;
  /** Until when it speaks for what happened; `atMs` when not said. */
  readonly untilMs?: number;
  /** Whom it is about; nobody alone when not said. */
  readonly host?: string;
  readonly words: string;
  readonly isFailure?: true;
}

/** Events and asides in the order in which they are drawn. */
export function* withAsides(
  events: readonly TimelineEvent[],
  asides: readonly Aside[],
): Generator<{ readonly event: TimelineEvent } | { readonly aside: Aside }> {
  const waiting = asides
    .toSorted((a, b) => a.atMs - b.atMs)
    .map((aside) => ({ ...aside, words: oneLine(aside.words) }));
  for (const event of events) {
    while (waiting[0] !== undefined && waiting[0].atMs < event.atMs)
      yield { aside: waiting.shift() as Aside };
    yield { event };
  }
  for (const aside of waiting) yield { aside };
}
