import type { PictureWords } from '../picture-words.ts';
import { label, svgText, tidy } from '../svg.ts';
import type { SegmentRow } from './row.ts';
import { segmentWords } from './segment-words.ts';

/** How far an arrow sinks on its way. */
const SLANT = 8;
const TEXT = 16;
const LINE = 23;
/** How far from a lifeline an arrow stops, so that a gate's band is seen. */
const GAP = 7;
const HEAD = 9;

/** A segment as an arrow between two lifelines, with its flags and numbers above. */
export function segmentMarkup(
  row: SegmentRow,
  top: number,
  columns: readonly number[],
  isAbsolute: boolean,
  { ladder: say }: PictureWords,
): string {
  const { from, to, dropped, claims, marks, isAgain, isReset, detail } = row;
  const classes = [
    'segment',
    ...(isAgain ? ['again'] : []),
    ...(isReset ? ['reset'] : []),
    ...(dropped === undefined ? [] : ['dropped']),
  ].join(' ');
  const words = [
    ...(claims === undefined ? [] : [say.claims(claims)]),
    segmentWords(row, isAbsolute),
    ...(marks.length === 0 ? [] : [`(${marks.join(', ')})`]),
  ].join(' ');
  const why = dropped === undefined ? detail : say.droppedBy(detail, dropped);
  const open = `<g class="${classes}" data-segment="${row.flags}"><title>${svgText(why)}</title>`;
  const end = columns[to] ?? 0;
  if (from === to || from < 0)
    return `${open}${fromNowhere(end, top, words, to === 0, dropped !== undefined)}</g>`;
  const start = columns[from] ?? 0;
  const forth = Math.sign(end - start);
  const tip = end - forth * GAP;
  const y = top + LINE;
  return [
    open,
    `<line x1="${tidy(start + forth * GAP)}" y1="${y}" x2="${tidy(tip - forth * (HEAD - 1))}" y2="${y + SLANT}"/>`,
    dropped === undefined ? head(tip, y + SLANT, forth) : cross(tip - forth * 4, y + SLANT),
    label((start + end) / 2, top + TEXT, words, { at: 'middle', look: 'on-ground' }),
    '</g>',
  ].join('');
}

/** What came over the host's own loopback, or from no host of the run: a hook that ends at the lifeline. */
function fromNowhere(x: number, top: number, words: string, isFirst: boolean, isDropped: boolean): string {
  const side = isFirst ? 1 : -1;
  const y = top + LINE;
  const [near, far] = [tidy(x + side * GAP), tidy(x + side * 30)];
  return [
    `<path d="M${near} ${y - 8} H${far} V${y + 4} H${near}"/>`,
    isDropped ? cross(x + side * (GAP + 4), y + 4) : head(x + side * GAP, y + 4, -side),
    label(x + side * 40, top + TEXT + 6, words, { at: isFirst ? 'start' : 'end', look: 'on-ground' }),
  ].join('');
}

function head(x: number, y: number, forth: number): string {
  const back = tidy(x - forth * HEAD);
  return `<path class="head" d="M${tidy(x)} ${y} L${back} ${y - 5} V${y + 5} z"/>`;
}

function cross(x: number, y: number): string {
  return `<path d="M${tidy(x - 6)} ${y - 6} l12 12 m0 -12 l-12 12"/>`;
}
