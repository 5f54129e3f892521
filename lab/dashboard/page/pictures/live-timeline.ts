import { type ReadonlySignal, signal } from '@preact/signals';
import type { TimelineData, TimelineEvent, TimelineHeader } from '../../../observe/timeline.ts';
import type { EventJson } from '../../../report/event-json.ts';
import { Fields } from '../../../report/fields.ts';
import { parseEvent } from '../../../report/parse-event.ts';

/** The browser's; named here because tests of the page's plain parts are checked without a browser's types. */
declare function requestAnimationFrame(show: () => void): number;

/**
 * A timeline that is still written. Events come as they are reported, which is nearly in the order of their times, and each goes
 * where its time says. What has come is shown once a frame at most, as a timeline of its own: one that was shown never changes,
 * and an event is the same object in each of them.
 */
export class LiveTimeline {
  readonly #data = signal<TimelineData | undefined>(undefined);
  readonly #nextFrame: (show: () => void) => void;
  #header: TimelineHeader | undefined;
  #events: TimelineEvent[] = [];
  #isWaiting = false;

  /** @param nextFrame calls its argument when something can be shown next */
  constructor(nextFrame: (show: () => void) => void = (show) => requestAnimationFrame(show)) {
    this.#nextFrame = nextFrame;
  }

  /** The timeline so far; undefined when none has begun. */
  get data(): ReadonlySignal<TimelineData | undefined> {
    return this.#data;
  }

  /** Another timeline begins: the one before is forgotten. */
  begin(header: TimelineHeader): void {
    this.#header = header;
    this.#events = [];
    this.#show();
  }

  /** Takes up events, in any order. @throws FieldError, PacketError, AddressError when one is none */
  add(events: readonly EventJson[]): void {
    for (const event of events) this.#insert(parseEvent(new Fields(event)));
    if (events.length > 0) this.#show();
  }

  /** There is no timeline. */
  clear(): void {
    this.#header = undefined;
    this.#events = [];
    this.#show();
  }

  /** Of events at the same instant, the one added first comes first. */
  #insert(event: TimelineEvent): void {
    let at = this.#events.length;
    while (at > 0 && (this.#events[at - 1] as TimelineEvent).atMs > event.atMs) at -= 1;
    this.#events.splice(at, 0, event);
  }

  #show(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#nextFrame(() => {
      this.#isWaiting = false;
      const header = this.#header;
      this.#data.value = header === undefined ? undefined : { header, events: [...this.#events] };
    });
  }
}
