import type { TimelineData, TimelineEvent } from '../../observe/timeline.ts';
import { ENGLISH, type PictureWords } from '../picture-words.ts';
import { type Placed, placeRow, TOP, WIDTH } from './place.ts';
import type { LadderHead } from './row.ts';
import { LadderReader } from './rows.ts';
import type { PlacedLadder } from './svg.ts';

/** So many events apart are the places to go back to, and so many of them are kept. */
const STRIDE = 128;
const MOST = 16;

/** Where a ladder can be taken up again: what was read, drawn and remembered up to there. */
interface Place {
  readonly events: number;
  readonly rows: number;
  readonly gates: number;
  readonly reader: LadderReader;
}

/**
 * The ladder of a timeline that grows. It holds what `ladder()` and `placeRows()` say of the whole timeline, and reads again only
 * what has changed: new events, and those behind an event that was reported late.
 */
export class GrowingLadder implements PlacedLadder {
  readonly #width: number;
  readonly words: PictureWords;
  #header: TimelineData['header'] | undefined;
  #reader: LadderReader | undefined;
  #events: readonly TimelineEvent[] = [];
  #places: Place[] = [];
  readonly rows: Placed[] = [];
  readonly gates: Placed[] = [];

  /** @param width of the drawing */
  constructor(width = WIDTH, words = ENGLISH) {
    this.#width = width;
    this.words = words;
  }

  get head(): LadderHead {
    return this.#reader?.head ?? { hosts: [], hasManyPorts: false };
  }

  /**
   * Takes up a timeline as it is now. Events that were there before are known by being the same objects.
   * @returns the y from which on the drawing is another than before; Infinity when nothing has changed
   */
  update({ header, events }: TimelineData): number {
    if (header !== this.#header) this.#begin(header);
    const same = samePart(this.#events, events);
    if (same === events.length && same === this.#events.length) return Number.POSITIVE_INFINITY;
    const hadManyPorts = this.head.hasManyPorts;
    const read = this.#goBack(same);
    const from = this.rows.at(-1)?.bottom ?? TOP;
    // Nobody goes back as far as to the beginning of what has come in one piece.
    const keepsFrom = events.length - STRIDE * MOST;
    for (let n = read; n < events.length; n += 1) {
      if (n >= keepsFrom && n % STRIDE === 0) this.#keepPlace(n);
      this.#next(events[n] as TimelineEvent);
    }
    this.#events = events;
    return this.head.hasManyPorts === hadManyPorts ? from : TOP;
  }

  #begin(header: TimelineData['header']): void {
    this.#header = header;
    this.#events = [];
    this.#places = [];
    this.#startOver();
  }

  #startOver(): void {
    this.rows.length = 0;
    this.gates.length = 0;
    this.#reader = this.#header === undefined ? undefined : new LadderReader(this.#header, this.words);
  }

  /** Forgets what was read of events from `same` on. @returns how many are read still */
  #goBack(same: number): number {
    if (same === this.#events.length) return same;
    this.#places = this.#places.filter(({ events }) => events <= same);
    const place = this.#places.at(-1);
    if (place === undefined) {
      this.#startOver();
      return 0;
    }
    this.rows.length = place.rows;
    this.gates.length = place.gates;
    this.#reader = place.reader.copy();
    return place.events;
  }

  #next(event: TimelineEvent): void {
    for (const row of this.#reader?.next(event) ?? []) {
      const placed = placeRow(row, this.rows.at(-1)?.bottom ?? TOP, this.#width);
      this.rows.push(placed);
      if (row.kind === 'gate') this.gates.push(placed);
    }
  }

  #keepPlace(events: number): void {
    if (this.#reader === undefined || events === 0 || this.#places.at(-1)?.events === events) return;
    this.#places.push({
      events,
      rows: this.rows.length,
      gates: this.gates.length,
      reader: this.#reader.copy(),
    });
    if (this.#places.length > MOST) this.#places.shift();
  }
}

/** How many events two lists have in common, from the first on. */
function samePart(before: readonly TimelineEvent[], now: readonly TimelineEvent[]): number {
  const most = Math.min(before.length, now.length);
  let n = 0;
  while (n < most && before[n] === now[n]) n += 1;
  return n;
}
