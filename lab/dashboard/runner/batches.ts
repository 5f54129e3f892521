import type { TimelineEvent } from '../../observe/timeline.ts';
import { type EventJson, eventToJson } from '../../report/event-json.ts';

/** Events that come within this time go together, in milliseconds: a screen shows a picture every 16. */
const TOGETHER_MS = 8;

/** Gathers events, so that a burst of segments is one message. */
export class Batches {
  readonly #send: (events: readonly EventJson[]) => void;
  #waiting: EventJson[] = [];
  #timer: NodeJS.Timeout | undefined;
  #count = 0;

  constructor(send: (events: readonly EventJson[]) => void) {
    this.#send = send;
  }

  /** How many events there were in all. */
  get count(): number {
    return this.#count;
  }

  add(event: TimelineEvent): void {
    this.#count += 1;
    this.#waiting.push(eventToJson(event));
    this.#timer ??= setTimeout(() => this.flush(), TOGETHER_MS);
  }

  /** Sends what waits now. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.length === 0) return;
    const events = this.#waiting;
    this.#waiting = [];
    this.#send(events);
  }
}
