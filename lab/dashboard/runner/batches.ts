import type { TimelineEvent } from '../../observe/timeline.ts';
import type { EventTold } from '../protocol.ts';

/** Events that come within this time go together, in milliseconds: a screen shows a picture every 16. */
const TOGETHER_MS = 8;
/** More do not go together: a page that takes a long message shows nothing meanwhile. */
const MOST = 200;

/** Gathers events, so that a burst of segments is one message. */
export class Batches {
  readonly #send: (events: readonly EventTold[]) => void;
  #waiting: EventTold[] = [];
  #timer: NodeJS.Timeout | undefined;
  #count = 0;

  constructor(send: (events: readonly EventTold[]) => void) {
    this.#send = send;
  }

  /** How many events there were in all. */
  get count(): number {
    return this.#count;
  }

  add(event: TimelineEvent): void {
    this.#count += 1;
    this.#waiting.push(toldOf(event));
    if (this.#waiting.length >= MOST) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), TOGETHER_MS);
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

function toldOf(event: TimelineEvent): EventTold {
  if (event.kind !== 'segment') return event;
  const { segment: _, packet, ...arrived } = event;
  const { buffer, byteOffset, length } = packet;
  return { ...arrived, packet: Buffer.from(buffer, byteOffset, length).toString('base64') };
}
