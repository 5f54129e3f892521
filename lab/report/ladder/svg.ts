import type { TimelineData } from '../../observe/timeline.ts';
import { wrap } from '../columns.ts';
import { ENGLISH, type PictureWords } from '../picture-words.ts';
import { type DrawingOptions, label, svgDocument } from '../svg.ts';
import type { Aside } from './aside.ts';
import { bandsMarkup, lifelinesMarkup, type Stretch } from './lifelines-svg.ts';
import { type Layout, layoutOf, MARGIN, type Placed, placeRows, rowsBetween, TOP, WIDTH } from './place.ts';
import type { LadderHead } from './row.ts';
import { rowMarkup } from './row-svg.ts';
import { ladder } from './rows.ts';
import { Signs } from './signs.ts';

const BOTTOM = 44;
/** So many letters of the legend fit into a line, and so much lower stands the next one. */
const LEGEND_LETTERS = 130;
const LEGEND_LINE = 18;

export interface LadderSvgOptions extends DrawingOptions {
  /** Sequence numbers as on the wire, not counted from each side's SYN. */
  readonly isAbsolute?: boolean;
  /** What is noted beside the events. */
  readonly asides?: readonly Aside[];
}

/** A ladder whose rows have their places, from `TOP` downwards. */
export interface PlacedLadder {
  /** What it says. */
  readonly words: PictureWords;
  readonly head: LadderHead;
  readonly rows: readonly Placed[];
  /** Those of the rows that are about gates. */
  readonly gates: readonly Placed[];
  readonly signs: Pick<Signs, 'has'>;
}

/**
 * A timeline as a ladder: one SVG document, 960 pixels wide, a row an event from top to bottom. Time without anything to show is
 * one row, however long it was.
 */
export function ladderSvg(timeline: TimelineData, options: LadderSvgOptions = {}): string {
  const { words = ENGLISH } = options;
  const { rows: all, ...head } = ladder(timeline, options.asides, words);
  const rows = placeRows(all);
  const gates = rows.filter(({ row }) => row.kind === 'gate');
  const shown = { words, head, rows, gates, signs: new Signs(all) };
  const layout = layoutOf(head);
  const isAbsolute = options.isAbsolute === true;
  const end = ladderEnd(shown);
  const legend = wrap(ladderLegend(shown, isAbsolute), LEGEND_LETTERS);
  const height = end + BOTTOM + (legend.length - 1) * LEGEND_LINE;
  const body = [
    ...headMarkup(head, layout, words),
    ...stretchMarkup(shown, layout, { from: TOP - 8, to: end + 8 }, isAbsolute),
    ...legend.map((line, n) =>
      label(layout.time + 8, end + BOTTOM - 16 + n * LEGEND_LINE, line.trim(), { look: 'soft small' }),
    ),
  ];
  return svgDocument(ladderTitle(head, words), { width: WIDTH, height }, body, options);
}

/** What a ladder is, for who cannot see it. */
export function ladderTitle({ hosts }: LadderHead, words: PictureWords): string {
  return words.ladder.title(hosts.map(({ name }) => name).join(words.ladder.and));
}

/** Where the last row ends. */
export function ladderEnd({ rows }: Pick<PlacedLadder, 'rows'>): number {
  return rows.at(-1)?.bottom ?? TOP;
}

/** The hosts' names and addresses, and what the numbers at the left are. */
export function headMarkup(
  { hosts }: LadderHead,
  { width, columns, time, port }: Layout,
  words: PictureWords,
): string[] {
  const names = hosts.flatMap(({ name, addresses }, n) => {
    const x = columns[n] ?? 0;
    const isLast = n === hosts.length - 1;
    const at = n === 0 ? 'start' : isLast ? 'end' : 'middle';
    const from = n === 0 ? x - MARGIN + 16 : isLast ? width - 16 : x;
    const shown = hosts.length > 2 ? addresses.slice(0, 1) : addresses;
    return [
      label(from, 26, name, { at, look: 'strong' }),
      label(from, 44, shown.join(' '), { at, look: 'soft' }),
    ];
  });
  return [
    ...names,
    label(time, 44, 'ms', { at: 'end', look: 'soft' }),
    ...(port === undefined ? [] : [label(port, 44, words.ladder.port, { at: 'end', look: 'soft' })]),
  ];
}

/** A stretch of a ladder: the rows that reach into it, and as much of lifelines and bands as is in it. */
export function stretchMarkup(
  shown: PlacedLadder,
  layout: Layout,
  { from, to }: Stretch,
  isAbsolute: boolean,
): string[] {
  const end = ladderEnd(shown);
  const inside = { from: Math.max(from, TOP - 8), to: Math.min(to, end + 8) };
  const rows = rowsBetween(shown.rows, inside.from, inside.to);
  return [
    ...lifelinesMarkup(layout.columns, rows, inside),
    ...bandsMarkup(layout.columns, shown.gates, end, inside),
    ...rows.map((row) => rowMarkup(row, layout, shown, isAbsolute)),
  ];
}

/** What the signs of a ladder mean, those that are in it. */
export function ladderLegend(
  { words: { ladder: words }, signs }: Pick<PlacedLadder, 'words' | 'signs'>,
  isAbsolute: boolean,
): string {
  const there = (['seen', 'band', 'dropped', 'dashed'] as const).filter((sign) => signs.has(sign));
  return [isAbsolute ? words.absolute : words.relative, ...there.map((sign) => words[sign])].join(' · ');
}
