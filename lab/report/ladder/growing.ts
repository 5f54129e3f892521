import type { TimelineData, TimelineEvent } from '../../observe/timeline.ts';
import { ENGLISH, type PictureWords } from '../picture-words.ts';
import { type Placed, placeRow, TOP, WIDTH } from './place.ts';
import type { LadderHead } from './row.ts';
import { LadderReader } from './rows.ts';
import { Signs } from './signs.ts';
import type { PlacedLadder } from './svg.ts';

/** So many events apart are the latest places to go back to, and so many of them there are. */
const STRIDE = 128;
const LATEST = 8;

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
  readonly signs = new Signs();

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
    for (let n = read; n < events.length; n += 1) {
      if (isKept(n, events.length)) this.#keepPlace(n);
      this.#next(events[n] as TimelineEvent);
    }
    this.#events = events;
    this.#places = this.#places.filter((place) => isKept(place.events, events.length));
    return this.head.hasManyPorts === hadManyPorts ? from : TOP;
  }

  #begin(header: TimelineData['header']): void {
    this.#header = header;
    this.#events = [];
    this.#places = [];
    this.#startOver();
  }

  #startOver(): void {
    this.#keep(0, 0);
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
    this.#keep(place.rows, place.gates);
    this.#reader = place.reader.copy();
    return place.events;
  }

  /** Forgets all but the first rows, and gates. */
  #keep(rows: number, gates: number): void {
    for (const { row } of this.rows.splice(rows)) this.signs.remove(row);
    this.gates.length = gates;
  }

  #next(event: TimelineEvent): void {
    for (const row of this.#reader?.next(event) ?? []) {
      const placed = placeRow(row, this.rows.at(-1)?.bottom ?? TOP, this.#width);
      this.rows.push(placed);
      this.signs.add(row);
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
  }
}

/**
 * Whether the place before event `n` is one to go back to when so many are there. The older, the farther apart they are: to go
 * back a long way costs an eighth more than what has come since, and a long ladder has a few dozen.
 */
function isKept(n: number, events: number): boolean {
  let stride = STRIDE;
  while (events - n > stride * LATEST) stride *= 2;
  return n % stride === 0;
}

/** How many events two lists have in common, from the first on. */
function samePart(before: readonly TimelineEvent[], now: readonly TimelineEvent[]): number {
  const most = Math.min(before.length, now.length);
  let n = 0;
  while (n < most && before[n] === now[n]) n += 1;
  return n;
}
