import { escaped } from '../grade/formats/escaped.ts';
import { STATES, type State } from '../tcp/states.ts';
import { TRANSITIONS } from '../tcp/transitions.ts';
import {
  BOX,
  END,
  HEIGHT,
  PLACES,
  type Point,
  RESETS,
  ROUTES,
  type Route,
  WIDTH,
} from './state-diagram-places.ts';
import { DIAGRAM_STYLE } from './state-diagram-style.ts';

/** How an edge looks: each look is a colour, and a kind of line as well, so that it can be told without colours. */
export type Look = 'plain' | 'good' | 'other' | 'absent' | 'waiting' | 'bad';

/** One edge of the drawing. */
export interface DiagramEdge {
  readonly from: State;
  readonly to: State;
  /** Drawn beside the state's box, as an end by RST, and not as an arrow to another one. */
  readonly isReset?: boolean;
  /** What stands beside it, a line each. */
  readonly words: readonly string[];
  readonly look: Look;
  /** A sign before the words: `✔`. */
  readonly mark?: string;
  /** Drawn strongly. */
  readonly isEmphasised?: boolean;
  /** What a browser shows when the pointer rests on it. */
  readonly title?: string;
}

export interface Diagram {
  /** What the drawing is, for who cannot see it. */
  readonly title: string;
  readonly edges: readonly DiagramEdge[];
  /** States whose boxes are drawn strongly. */
  readonly emphasised?: readonly State[];
  /** Without its own style: the page that it is put into has `DIAGRAM_STYLE`. */
  readonly isInPage?: boolean;
  /** The page has `figureMarkup()`: what that shows is only referred to, and boxes are drawn where they are strong. */
  readonly isOnFigure?: boolean;
  /** What the looks mean; no legend when not said. */
  readonly legend?: readonly { readonly look: Look; readonly mark?: string; readonly words: string }[];
}

const HEAD =
  '<defs><marker id="tcplab-head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 0 10 5 0 10z" fill="context-stroke"/></marker></defs>';
const GROUND = `<rect class="ground" width="${WIDTH}" height="${HEIGHT}"/>`;
const LINE = 16;
const LEGEND_COLUMNS = 2;
const LEGEND_WIDTH = 500;
const LEGEND_LINE = 24;

/**
 * Draws the state diagram of RFC 9293 figure 5 with the edges that are given: one SVG document, dark or light as the reader
 * has it. An edge that the figure has not is a straight line.
 */
export function stateDiagram({
  title,
  edges,
  emphasised = [],
  legend = [],
  isInPage = false,
  isOnFigure = false,
}: Diagram): string {
  const strong = emphasised.map((state) => box(state, PLACES[state], true));
  const before = isOnFigure ? [GROUND, '<use href="#tcplab-figure"/>'] : [HEAD, GROUND];
  const boxes = isOnFigure ? strong : allBoxes(emphasised);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="tcplab-states" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(title)}">`,
    `<title>${escaped(title)}</title>`,
    ...(isInPage ? [] : [`<style>${DIAGRAM_STYLE}</style>`]),
    ...before,
    ...edges.map(drawEdge),
    ...boxes,
    ...legend.map(legendEntry),
    '</svg>',
    '',
  ].join('\n');
}

/**
 * The whole figure with no way on it, for a page with many drawings `isOnFigure`: an SVG that takes up no room, to be on the page
 * once and before them.
 */
export function figureMarkup(): string {
  const edges = TRANSITIONS.map(({ from, to }) => drawEdge({ from, to, words: [], look: 'absent' }));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="tcplab-states tcplab-figure" width="0" height="0" aria-hidden="true">`,
    `${HEAD}<g id="tcplab-figure" class="tcplab-states">`,
    ...edges,
    ...allBoxes([]),
    '</g></svg>',
    '',
  ].join('\n');
}

function allBoxes(strong: readonly State[]): string[] {
  return [
    ...STATES.map((state) => box(state, PLACES[state], strong.includes(state))),
    box('CLOSED', END, strong.includes('CLOSED')),
  ];
}

function drawEdge(edge: DiagramEdge): string {
  const { from, to, look, title } = edge;
  const { path, words, anchor } = routeOf(edge);
  const points = path.map(({ x, y }) => `${x},${y}`).join(' ');
  const classes = ['edge', look, ...(edge.isEmphasised === true ? ['strong'] : [])].join(' ');
  const lines = edge.words.map((line, n) =>
    n === 0 && edge.mark !== undefined ? `${edge.mark} ${line}` : line,
  );
  const text = lines.map(
    (line, n) =>
      `<tspan x="${words.x}" dy="${n === 0 ? 0 : LINE}"${n === 0 ? '' : ' class="more"'}>${escaped(line)}</tspan>`,
  );
  return [
    `<g class="${classes}" data-edge="${from} ${to}">`,
    ...(title === undefined ? [] : [`<title>${escaped(title)}</title>`]),
    `<polyline points="${points}" marker-end="url(#tcplab-head)"/>`,
    `<text x="${words.x}" y="${words.y}" text-anchor="${anchor}">${text.join('')}</text>`,
    '</g>',
  ].join('');
}

function routeOf({ from, to, isReset }: DiagramEdge): Route {
  const known = isReset === true ? RESETS[from] : ROUTES[`${from} ${to}`];
  return known ?? straight(PLACES[from], PLACES[to]);
}

/** From the edge of one box to that of the other. */
function straight(from: Point, to: Point): Route {
  const path = [leave(from, to), leave(to, from)];
  return { path, words: { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 - 8 }, anchor: 'middle' };
}

/** Where the way from the middle of a box to another point leaves it. */
function leave(from: Point, to: Point): Point {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const part = Math.min(BOX.width / 2 / Math.abs(dx || 1), BOX.height / 2 / Math.abs(dy || 1), 1);
  return { x: from.x + dx * part, y: from.y + dy * part };
}

function box(state: State, { x, y }: Point, isStrong: boolean): string {
  const { width, height } = BOX;
  return (
    `<g class="state${isStrong ? ' strong' : ''}"><rect x="${x - width / 2}" y="${y - height / 2}" width="${width}" ` +
    `height="${height}" rx="8"/><text x="${x}" y="${y + 5}" text-anchor="middle">${state}</text></g>`
  );
}

function legendEntry({ look, mark, words }: NonNullable<Diagram['legend']>[number], n: number): string {
  const x = 60 + (n % LEGEND_COLUMNS) * LEGEND_WIDTH;
  const y = HEIGHT - 62 + Math.floor(n / LEGEND_COLUMNS) * LEGEND_LINE;
  const text = mark === undefined ? words : `${mark} ${words}`;
  return (
    `<g class="edge ${look}"><polyline points="${x},${y - 4} ${x + 44},${y - 4}" marker-end="url(#tcplab-head)"/>` +
    `<text x="${x + 54}" y="${y}">${escaped(text)}</text></g>`
  );
}
