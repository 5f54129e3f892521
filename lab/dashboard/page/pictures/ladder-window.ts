import type { TimelineData } from '../../../observe/timeline.ts';
import { GrowingLadder } from '../../../report/ladder/growing.ts';
import { LEAST_WIDTH, layoutOf, TOP } from '../../../report/ladder/place.ts';
import {
  headMarkup,
  ladderEnd,
  ladderLegend,
  ladderTitle,
  stretchMarkup,
} from '../../../report/ladder/svg.ts';
import type { PictureWords } from '../../../report/picture-words.ts';

/** The elements that a ladder is drawn into. */
export interface LadderElements {
  readonly scroll: HTMLElement;
  readonly head: SVGElement;
  /** As high as the whole ladder. */
  readonly room: HTMLElement;
  readonly rows: SVGElement;
}

/** What a ladder tells the page around it. */
export interface LadderEvents {
  /** Whether the newest rows are kept in view. */
  readonly onFollow: (isFollowing: boolean) => void;
  readonly onLegend: (legend: string) => void;
}

/** For every host beyond the third a ladder is so much wider. */
const HOST_WIDTH = 130;
/** Where the rows begin, with a little of the lifelines above. */
const START = TOP - 8;
/** How near to the end it counts as there, in pixels. */
const NEAR = 24;

/**
 * Draws the part of a growing ladder that is in view, and up to a screenful above and below it. It keeps to the end of the
 * ladder until the reader scrolls up.
 */
export class LadderWindow {
  readonly #elements: LadderElements;
  readonly #events: LadderEvents;
  readonly #observer: ResizeObserver;
  #timeline: TimelineData | undefined;
  #words: PictureWords;
  #ladder: GrowingLadder;
  #isAbsolute = false;
  #isFollowing = true;
  /** Of the drawing, in its units. */
  #width = 0;
  /** How many pixels such a unit is; less than one only where there is hardly any room. */
  #scale = 1;
  /** How much of the drawing is in view, in its units. */
  #inView = 0;
  #lastTop = 0;
  #frame = 0;
  #drawn = { from: 0, to: 0 };

  constructor(elements: LadderElements, events: LadderEvents, words: PictureWords) {
    this.#words = words;
    this.#ladder = new GrowingLadder(undefined, words);
    this.#elements = elements;
    this.#events = events;
    this.#observer = new ResizeObserver(() => this.#fit());
    this.#observer.observe(elements.scroll);
    elements.scroll.addEventListener('scroll', this.#onScroll, { passive: true });
    this.#fit();
  }

  show(timeline: TimelineData | undefined): void {
    const isAnother = timeline?.header !== this.#timeline?.header;
    this.#timeline = timeline;
    if (isAnother || timeline === undefined) this.#begin();
    else this.#update();
  }

  set isAbsolute(isAbsolute: boolean) {
    this.#isAbsolute = isAbsolute;
    this.#update(true);
  }

  /** Says everything in another language. */
  set words(words: PictureWords) {
    if (words === this.#words) return;
    this.#words = words;
    this.#ladder = new GrowingLadder(this.#width, words);
    this.#update(true);
  }

  /** Goes to the newest row, and stays at the end. */
  follow(): void {
    this.#setFollowing(true);
    this.#draw(false);
  }

  end(): void {
    this.#observer.disconnect();
    this.#elements.scroll.removeEventListener('scroll', this.#onScroll);
    cancelAnimationFrame(this.#frame);
  }

  /** Where the drawing ends. */
  get #end(): number {
    return ladderEnd(this.#ladder) + 16;
  }

  #fit(): void {
    const { clientWidth, clientHeight } = this.#elements.scroll;
    const more = Math.max((this.#timeline?.header.hosts.length ?? 0) - 3, 0);
    const width = Math.max(clientWidth, LEAST_WIDTH + more * HOST_WIDTH);
    const scale = Math.min(clientWidth / width, 1) || 1;
    const isAsWide = width === this.#width && scale === this.#scale;
    this.#scale = scale;
    this.#inView = Math.max(clientHeight / scale - START, 0);
    if (isAsWide) this.#draw(false);
    else {
      this.#width = width;
      this.#ladder = new GrowingLadder(width, this.#words);
      this.#update(true);
    }
  }

  #begin(): void {
    this.#setFollowing(true);
    // Another run may have more hosts.
    this.#width = 0;
    this.#fit();
  }

  /** Reads what is new, and draws what has changed by it, or everything. */
  #update(isAnew = false): void {
    const changed = this.#timeline === undefined ? TOP : this.#ladder.update(this.#timeline);
    if (changed === Number.POSITIVE_INFINITY && !isAnew) return;
    if (changed <= TOP || isAnew) this.#drawHead();
    this.#elements.room.style.height = `${(this.#end - START) * this.#scale}px`;
    this.#events.onLegend(this.#timeline === undefined ? '' : ladderLegend(this.#ladder, this.#isAbsolute));
    this.#draw(changed <= this.#drawn.to || isAnew);
  }

  #drawHead(): void {
    const { head } = this.#elements;
    const layout = layoutOf(this.#ladder.head, this.#width);
    head.setAttribute('viewBox', `0 0 ${this.#width} ${START}`);
    head.innerHTML = [
      `<rect class="ground" width="${this.#width}" height="${START}"/>`,
      ...headMarkup(this.#ladder.head, layout, this.#words),
    ].join('');
  }

  #draw(isStale: boolean): void {
    const end = this.#end;
    const latest = Math.max(end - this.#inView, START);
    const from = this.#isFollowing ? latest : Math.min(this.#lastTop / this.#scale + START, latest);
    const to = Math.min(from + this.#inView, end);
    const isCovered = from >= this.#drawn.from && to <= this.#drawn.to;
    if (isStale || !isCovered) this.#drawRows(from, to);
    // Last of all, because it makes the browser lay out everything.
    if (this.#isFollowing) this.#scrollToEnd();
  }

  #drawRows(from: number, to: number): void {
    const { rows } = this.#elements;
    const scale = this.#scale;
    // Whoever drags the bar sees each place for a moment only.
    const isJump = from > this.#drawn.to || to < this.#drawn.from;
    const more = Math.max(this.#inView, 200) * (isJump || this.#isFollowing ? 0.25 : 1);
    this.#drawn = { from: Math.max(from - more, START), to: Math.min(to + more, this.#end) };
    const height = this.#drawn.to - this.#drawn.from;
    const layout = layoutOf(this.#ladder.head, this.#width);
    rows.setAttribute('viewBox', `0 ${this.#drawn.from} ${this.#width} ${height}`);
    rows.setAttribute('aria-label', ladderTitle(this.#ladder.head, this.#words));
    rows.style.height = `${height * scale}px`;
    rows.style.transform = `translateY(${(this.#drawn.from - START) * scale}px)`;
    rows.innerHTML = stretchMarkup(this.#ladder, layout, this.#drawn, this.#isAbsolute).join('');
  }

  #scrollToEnd(): void {
    const { scroll } = this.#elements;
    scroll.scrollTop = scroll.scrollHeight;
    this.#lastTop = scroll.scrollTop;
  }

  readonly #onScroll = (): void => {
    const { scrollTop, clientHeight, scrollHeight } = this.#elements.scroll;
    if (scrollTop + clientHeight >= scrollHeight - NEAR) this.#setFollowing(true);
    else if (scrollTop < this.#lastTop - 1) this.#setFollowing(false);
    this.#lastTop = scrollTop;
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#draw(false));
  };

  #setFollowing(isFollowing: boolean): void {
    if (isFollowing === this.#isFollowing) return;
    this.#isFollowing = isFollowing;
    this.#events.onFollow(isFollowing);
  }
}
