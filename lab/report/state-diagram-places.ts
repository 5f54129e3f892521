import type { State } from '../tcp/states.ts';

/** A place on the drawing, in its own units; the origin is at the top left. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where an edge runs, and where its words stand. */
export interface Route {
  readonly path: readonly Point[];
  readonly words: Point;
  readonly anchor: 'start' | 'middle' | 'end';
}

export const WIDTH = 1_080;
export const HEIGHT = 960;
export const BOX = { width: 136, height: 42 };

/** The middle of each state's box, laid out as RFC 9293 figure 5 is. */
export const PLACES: Readonly<Record<State, Point>> = {
  CLOSED: at(520, 50),
  LISTEN: at(520, 190),
  SYN_RCVD: at(210, 320),
  SYN_SENT: at(830, 320),
  ESTABLISHED: at(520, 440),
  FIN_WAIT_1: at(210, 560),
  CLOSE_WAIT: at(830, 560),
  FIN_WAIT_2: at(210, 810),
  CLOSING: at(520, 690),
  LAST_ACK: at(830, 690),
  TIME_WAIT: at(520, 810),
};

/** The figure draws CLOSED a second time, where a connection ends. */
export const END: Point = at(830, 810);

/** The edges of the figure by `FROM TO`. Those that end a connection lead to the second CLOSED. */
export const ROUTES: Readonly<Record<string, Route>> = {
  'CLOSED LISTEN': route([490, 71, 490, 169], [480, 116], 'end'),
  'LISTEN CLOSED': route([550, 169, 550, 71], [560, 116], 'start'),
  'CLOSED SYN_SENT': route([588, 40, 870, 40, 870, 299], [880, 116], 'start'),
  'SYN_SENT CLOSED': route([800, 299, 800, 62, 588, 62], [790, 116], 'end'),
  'LISTEN SYN_RCVD': route([452, 182, 180, 182, 180, 299], [170, 226], 'end'),
  'SYN_RCVD LISTEN': route([240, 299, 240, 200, 452, 200], [250, 236], 'start'),
  'LISTEN SYN_SENT': route([588, 190, 770, 190, 770, 299], [760, 236], 'end'),
  'SYN_SENT SYN_RCVD': route([762, 320, 278, 320], [520, 298], 'middle'),
  'SYN_RCVD ESTABLISHED': route([258, 341, 470, 419], [360, 396], 'end'),
  'SYN_SENT ESTABLISHED': route([782, 341, 570, 419], [684, 396], 'start'),
  'SYN_RCVD FIN_WAIT_1': route([190, 341, 190, 539], [180, 450], 'end'),
  'ESTABLISHED FIN_WAIT_1': route([470, 461, 258, 539], [376, 520], 'start'),
  'ESTABLISHED CLOSE_WAIT': route([570, 461, 782, 539], [668, 520], 'end'),
  'FIN_WAIT_1 FIN_WAIT_2': route([170, 581, 170, 789], [160, 690], 'end'),
  'FIN_WAIT_1 CLOSING': route([278, 566, 470, 566, 500, 669], [380, 588], 'middle'),
  'FIN_WAIT_1 TIME_WAIT': route([240, 581, 240, 730, 452, 802], [250, 660], 'start'),
  'FIN_WAIT_2 TIME_WAIT': route([278, 818, 452, 818], [365, 838], 'middle'),
  'CLOSING TIME_WAIT': route([520, 711, 520, 789], [530, 746], 'start'),
  'CLOSE_WAIT LAST_ACK': route([830, 581, 830, 669], [840, 620], 'start'),
  'LAST_ACK CLOSED': route([830, 711, 830, 789], [840, 746], 'start'),
  'TIME_WAIT CLOSED': route([588, 810, 762, 810], [675, 830], 'middle'),
};

/** By state: where the words about its end by RST stand, beside its box. */
export const RESETS: Readonly<Partial<Record<State, Route>>> = {
  SYN_SENT: route([898, 320, 934, 320], [940, 324], 'start'),
  SYN_RCVD: route([142, 320, 106, 320], [100, 324], 'end'),
  ESTABLISHED: route([520, 461, 520, 485], [520, 502], 'middle'),
  FIN_WAIT_1: route([142, 560, 106, 560], [100, 564], 'end'),
  FIN_WAIT_2: route([142, 810, 106, 810], [100, 814], 'end'),
  CLOSE_WAIT: route([898, 560, 934, 560], [940, 564], 'start'),
  CLOSING: route([588, 690, 624, 690], [630, 694], 'start'),
  LAST_ACK: route([898, 690, 934, 690], [940, 694], 'start'),
  TIME_WAIT: route([520, 831, 520, 855], [520, 872], 'middle'),
};

function at(x: number, y: number): Point {
  return { x, y };
}

/** @param path x and y by turns. */
function route(path: readonly number[], [x = 0, y = 0]: readonly number[], anchor: Route['anchor']): Route {
  const points = path.flatMap((value, n) => (n % 2 === 0 ? [at(value, path[n + 1] ?? 0)] : []));
  return { path: points, words: at(x, y), anchor };
}
