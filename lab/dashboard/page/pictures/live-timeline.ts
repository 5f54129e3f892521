import { type ReadonlySignal, signal } from '@preact/signals';
import { Fields } from '../../../observe/fields.ts';
import type { TimelineData, TimelineEvent, TimelineHeader } from '../../../observe/timeline.ts';
import { parseEvent } from '../../../report/parse-event.ts';
import type { EventTold } from '../../protocol.ts';

/** The browser's; named here because tests of the page's plain parts are checked without a browser's types. */
declare function requestAnimationFrame(show: () => void): number;

/** What is shown in a frame takes about so long at most, in milliseconds: of a flood, the rest is shown in the next ones. */
const FRAME_MS = 12;
/** So many events are shown in a frame in any case, and to begin with. */
const LEAST = 1_000;

/**
 * A timeline that is still written. Events come as they are reported, which is nearly in the order of their times, and each goes
 * where its time says. What has come is shown once a frame at most, as a timeline of its own: one that was shown never changes,
 * and an event is the same object in each of them.
 */
export class LiveTimeline {
  readonly #data = signal<TimelineData | undefined>(undefined);
  readonly #isBehind = signal(false);
  readonly #nextFrame: (show: () => void) => void;
  #header: TimelineHeader | undefined;
  #events: TimelineEvent[] = [];
  /** What has come and is not shown yet, as it was reported, or in the order of its times. */
  #coming: TimelineEvent[] = [];
  #isComingInOrder = true;
  #most = LEAST;
  #isWaiting = false;

  /** @param nextFrame calls its argument when something can be shown next */
  constructor(nextFrame: (show: () => void) => void = (show) => requestAnimationFrame(show)) {
    this.#nextFrame = nextFrame;
  }

  /** The timeline so far; undefined when none has begun. */
  get data(): ReadonlySignal<TimelineData | undefined> {
    return this.#data;
  }

  /** Whether more has come than a frame could show. */
  get isBehind(): ReadonlySignal<boolean> {
    return this.#isBehind;
  }

  /** Another timeline begins: the one before is forgotten. */
  begin(header: TimelineHeader): void {
    this.#header = header;
    this.#forget();
    this.#show();
  }

  /** Takes up events, in any order. @throws FieldError, PacketError, AddressError when one is none */
  add(events: readonly EventTold[]): void {
    if (events.length === 0) return;
    for (const event of events) this.#coming.push(parseEvent(new Fields(event)));
    this.#isComingInOrder = false;
    this.#show();
  }

  /** There is no timeline. */
  clear(): void {
    this.#header = undefined;
    this.#forget();
    this.#show();
  }

  #forget(): void {
    this.#events = [];
    this.#coming = [];
  }

  /** Of events at the same instant, the one added first comes first. */
  #insert(added: readonly TimelineEvent[]): void {
    const sorted = added.toSorted((a, b) => a.atMs - b.atMs);
    const firstMs = sorted[0]?.atMs ?? 0;
    const later = this.#events.splice(this.#events.findLastIndex(({ atMs }) => atMs <= firstMs) + 1);
    let n = 0;
    for (const event of sorted) {
      for (let known = later[n]; known !== undefined && known.atMs <= event.atMs; known = later[n]) {
        this.#events.push(known);
        n += 1;
      }
      this.#events.push(event);
    }
    for (; n < later.length; n += 1) this.#events.push(later[n] as TimelineEvent);
  }

  /** What is shown next. Of more than can be, the earliest: what comes before something that is shown costs most. */
  #take(): readonly TimelineEvent[] {
    if (!this.#isComingInOrder && this.#coming.length > this.#most) {
      this.#coming.sort((a, b) => a.atMs - b.atMs);
      this.#isComingInOrder = true;
    }
    return this.#coming.splice(0, this.#most);
  }

  #show(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#nextFrame(() => {
      this.#isWaiting = false;
      const begunMs = performance.now();
      const taken = this.#take();
      if (taken.length > 0) this.#insert(taken);
      const header = this.#header;
      this.#data.value = header === undefined ? undefined : { header, events: [...this.#events] };
      if (performance.now() - begunMs > FRAME_MS) this.#most = Math.max(taken.length >> 1, LEAST);
      else if (taken.length === this.#most) this.#most *= 2;
      this.#isBehind.value = this.#coming.length > 0;
      if (this.#isBehind.value) this.#show();
    });
  }
}
