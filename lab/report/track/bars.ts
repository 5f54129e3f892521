import { duration } from '../../exercise/judge/life.ts';
import type { State } from '../../tcp/states.ts';
import type { SocketLife } from '../lives.ts';
import { ENGLISH } from '../picture-words.ts';
import type { Scale } from './scale.ts';

/** One stay of a socket as a bar, and where its name stands. Places in the drawing's units, from the top of the row. */
export interface Bar {
  readonly state: State;
  readonly x: number;
  readonly width: number;
  readonly words: string;
  /** In the bar; undefined where it is too short for that, and the name stands above it at `labelX`, in lane 0, 1 … */
  readonly lane: number | undefined;
  readonly labelX: number;
  readonly title: string;
}

export const LEAST_BAR = 3;
const CHARACTER = 8.2;
const PADDING = 14;

/**
 * The bars of one socket, from left to right, and how many lanes their names need above them. A name above ends before the next
 * short bar begins, so that no line from a name to its bar crosses another.
 */
export function barsOf(
  { stays, goneMs }: SocketLife,
  scale: Scale,
  right: number,
  words = ENGLISH,
): { bars: Bar[]; lanes: number } {
  const lanes: number[] = [];
  const bars = stays.map(({ state, fromMs, toMs }, n): Bar => {
    const x = scale.place(fromMs);
    const width = Math.max(scale.place(toMs) - x, LEAST_BAR);
    const isLasting = n === stays.length - 1 && goneMs === undefined;
    const lasted = `${duration(toMs - fromMs)}${isLasting ? ' …' : ''}`;
    const title = words.track.stay(state, fromMs.toFixed(1), lasted);
    const long = `${state} ${lasted}`;
    const fitting = [long, state].find((name) => widthOf(name) + PADDING <= width);
    if (fitting !== undefined)
      return { state, x, width, words: fitting, lane: undefined, labelX: x + width / 2, title };
    const most = n === stays.length - 1 ? right : Math.max(x + width, x + 1);
    const labelX = Math.max(Math.min(x, most - widthOf(long)), 0);
    const free = lanes.findIndex((end) => end + PADDING <= labelX);
    const lane = free < 0 ? lanes.length : free;
    lanes[lane] = labelX + widthOf(long);
    return { state, x, width, words: long, lane, labelX, title };
  });
  return { bars, lanes: lanes.length };
}

function widthOf(words: string): number {
  return words.length * CHARACTER;
}
