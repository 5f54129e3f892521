import { monotonicNs } from '../sys/clock.ts';
import type { TimelineEvent } from './timeline.ts';

/** Puts the events of all witnesses into one order. Witnesses report late by nature; an event goes where its time says. */
export class Recorder {
  readonly originNs: bigint;
  readonly #events: TimelineEvent[] = [];
  readonly #listeners = new Set<(event: TimelineEvent) => void>();

  constructor(originNs = monotonicNs()) {
    this.originNs = originNs;
  }

  /** All events so far, ordered by time. A live view: do not keep it across awaits if you need it unchanged. */
  get events(): readonly TimelineEvent[] {
    return this.#events;
  }

  /** Milliseconds from the start to a time on CLOCK_MONOTONIC, now when not said. */
  milliseconds(atNs = monotonicNs()): number {
    return Number(atNs - this.originNs) / 1e6;
  }

  /** Adds an event in its place. Of events at the same instant, the one added first comes first. */
  add(event: TimelineEvent): void {
    this.#events.splice(this.#placeOf(event.atMs), 0, event);
    for (const listener of this.#listeners) listener(event);
  }

  /** How many events there are up to a time. Of a flood at one host, those of the other are late by thousands of places: they are not walked. */
  #placeOf(atMs: number): number {
    let [from, to] = [0, this.#events.length];
    // Nearly all come in order.
    if ((this.#events[to - 1]?.atMs ?? 0) <= atMs) return to;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#events[middle] as TimelineEvent).atMs <= atMs) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** Calls `listener` for each event when it is reported, which is not always in order. @returns how to stop. */
  onEvent(listener: (event: TimelineEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
