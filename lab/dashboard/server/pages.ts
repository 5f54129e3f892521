import type { Told } from '../protocol.ts';

/** A page that does not read what it is told is let go when this much waits for it, in bytes: it comes back and is told anew. */
const MOST_WAITING = 32 << 20;
/** A page that is loaded again is away for a moment. After this time nobody looks, and the run ends, in milliseconds. */
const AWAY_MS = 4_000;
/** Something is said from time to time, so that a page that has gone without a word is noticed, in milliseconds. */
const PULSE_MS = 2_000;

/** One page's stream. */
export interface Stream {
  write(text: string): void;
  /** Bytes that were written and not taken. */
  waiting(): number;
  close(): void;
}

/** All pages that look, each with its stream of server-sent events. https://html.spec.whatwg.org/multipage/server-sent-events.html */
export class Pages {
  readonly #streams = new Set<Stream>();
  readonly #deserted: () => void;
  readonly #pulse: NodeJS.Timeout;
  #away: NodeJS.Timeout | undefined;

  /** @param deserted is called when no page has looked for a while */
  constructor(deserted: () => void) {
    this.#deserted = deserted;
    this.#pulse = setInterval(() => this.#write(': pulse\n\n'), PULSE_MS);
    this.#pulse.unref();
  }

  get count(): number {
    return this.#streams.size;
  }

  /** A page comes. @param first what it is told before anything else @returns what to call when it goes. */
  add(stream: Stream, first: Iterable<Told>): () => void {
    clearTimeout(this.#away);
    for (const told of first) stream.write(asEvent(told));
    this.#streams.add(stream);
    return () => this.#remove(stream);
  }

  /** Tells every page. */
  tell(told: Told): void {
    this.#write(asEvent(told));
  }

  close(): void {
    clearInterval(this.#pulse);
    clearTimeout(this.#away);
    for (const stream of this.#streams) stream.close();
    this.#streams.clear();
  }

  #write(text: string): void {
    for (const stream of this.#streams) {
      if (stream.waiting() > MOST_WAITING) stream.close();
      else stream.write(text);
    }
  }

  #remove(stream: Stream): void {
    if (!this.#streams.delete(stream) || this.#streams.size > 0) return;
    clearTimeout(this.#away);
    this.#away = setTimeout(this.#deserted, AWAY_MS);
  }
}

function asEvent(told: Told): string {
  return `data: ${JSON.stringify(told)}\n\n`;
}
