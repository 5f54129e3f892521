import { duration } from '../../exercise/judge/life.ts';
import type { TimelineData } from '../../observe/timeline.ts';
import { wrap } from '../columns.ts';
import { type DrawingOptions, label, svgDocument, tidy } from '../svg.ts';
import { segmentMarkup } from './arrow-svg.ts';
import { bandsMarkup, lifelinesMarkup, type Placed } from './lifelines-svg.ts';
import type { Ladder, LadderRow } from './row.ts';
import { ladder } from './rows.ts';

const WIDTH = 960;
const TIME = 78;
const PORT = 58;
const MARGIN = 144;
const TOP = 62;
const BOTTOM = 44;
/** Characters of a note in a line. */
const NOTE = 64;
const LINE = 20;
const HEIGHTS: Readonly<Record<LadderRow['kind'], number>> = {
  segment: 36,
  state: 28,
  gate: 24,
  note: 24,
  idle: 40,
};
const PILL = { width: 112, height: 22 };

export interface LadderSvgOptions extends DrawingOptions {
  /** Sequence numbers as on the wire, not counted from each side's SYN. */
  readonly isAbsolute?: boolean;
}

/**
 * A timeline as a ladder: one SVG document, 960 pixels wide, a row an event from top to bottom. Time without anything to show is
 * one row, however long it was.
 */
export function ladderSvg(timeline: TimelineData, options: LadderSvgOptions = {}): string {
  const shown = ladder(timeline);
  const columns = columnsOf(shown);
  const rows = placed(shown.rows);
  const height = (rows.at(-1)?.bottom ?? TOP) + BOTTOM;
  const body = [
    ...shown.hosts.flatMap(({ name, addresses }, n) => {
      const x = columns[n] ?? 0;
      const at = n === 0 ? 'start' : n === shown.hosts.length - 1 ? 'end' : 'middle';
      const from = n === 0 ? x - MARGIN + 16 : n === shown.hosts.length - 1 ? WIDTH - 16 : x;
      return [
        label(from, 26, name, { at, look: 'strong' }),
        label(from, 44, (shown.hosts.length > 2 ? addresses.slice(0, 1) : addresses).join(' '), {
          at,
          look: 'soft',
        }),
      ];
    }),
    label(TIME - 8, 44, 'ms', { at: 'end', look: 'soft' }),
    ...(shown.hasManyPorts ? [label(TIME + PORT - 8, 44, 'port', { at: 'end', look: 'soft' })] : []),
    ...lifelinesMarkup(columns, rows, TOP),
    ...bandsMarkup(columns, rows),
    ...rows.map((row) => rowMarkup(row, columns, shown, options.isAbsolute === true)),
    label(TIME - 8 + 8, height - 16, legend(shown, options.isAbsolute === true), { look: 'soft small' }),
  ];
  const title = `What passed between ${shown.hosts.map(({ name }) => name).join(' and ')}, and the states of their sockets`;
  return svgDocument(title, { width: WIDTH, height }, body, options);
}

/** Where each host's lifeline stands. */
function columnsOf({ hosts, hasManyPorts }: Ladder): number[] {
  const first = TIME + (hasManyPorts ? PORT : 0) + MARGIN;
  const room = WIDTH - MARGIN - first;
  return hosts.map((_, n) => first + (hosts.length < 2 ? 0 : (room * n) / (hosts.length - 1)));
}

function placed(rows: readonly LadderRow[]): Placed[] {
  let y = TOP;
  return rows.map((row) => {
    const top = y;
    const lines = 'words' in row ? wrap(row.words, NOTE) : [];
    y += HEIGHTS[row.kind] + Math.max(lines.length - 1, 0) * LINE;
    return { row, top, bottom: y, lines };
  });
}

function rowMarkup(place: Placed, columns: readonly number[], shown: Ladder, isAbsolute: boolean): string {
  const { row, top, bottom } = place;
  if (row.kind === 'idle') {
    const middle = ((columns[0] ?? 0) + (columns.at(-1) ?? 0)) / 2;
    const words = `… ${duration(row.ms)} nothing …`;
    return label(middle, (top + bottom) / 2 + 5, words, { at: 'middle', look: 'soft on-ground' });
  }
  const base = row.kind === 'segment' ? top + 22 : top + 17;
  const time = label(TIME - 8, base, row.atMs.toFixed(1), { at: 'end', look: 'soft number' });
  const port =
    shown.hasManyPorts && 'port' in row
      ? label(TIME + PORT - 8, base, String(row.port), { at: 'end', look: 'soft number' })
      : '';
  return time + port + inner(place, columns, shown, isAbsolute);
}

function inner(
  { row, top, lines }: Placed,
  columns: readonly number[],
  shown: Ladder,
  isAbsolute: boolean,
): string {
  switch (row.kind) {
    case 'segment':
      return segmentMarkup(row, top, columns, isAbsolute);
    case 'state': {
      const x = columns[row.host] ?? columns[0] ?? 0;
      const isLeft = row.host <= 0;
      const left = isLeft ? x - 14 - PILL.width : x + 14;
      const about = shown.onlyPort === undefined || shown.onlyPort === row.port ? '' : `port ${row.port}`;
      return (
        `<g class="state s-${row.state}"><rect x="${tidy(left)}" y="${top + 2}" width="${PILL.width}" height="${PILL.height}" rx="4"/>` +
        `${label(left + PILL.width / 2, top + 18, row.state, { at: 'middle', look: 'within' })}</g>` +
        (about === ''
          ? ''
          : label(isLeft ? x + 12 : x - 12, top + 18, about, { at: isLeft ? 'start' : 'end', look: 'soft' }))
      );
    }
    case 'gate':
    case 'note': {
      const first = row.host === 0;
      const last = row.host === columns.length - 1;
      const middle = ((columns[0] ?? 0) + (columns.at(-1) ?? 0)) / 2;
      const x = first
        ? (columns[0] ?? 0) + 14
        : last
          ? (columns.at(-1) ?? 0) - 14
          : (columns[row.host] ?? middle);
      const look = `${row.kind === 'gate' ? 'gate strong' : 'soft'} on-ground`;
      return lines
        .map((line, n) =>
          label(x, top + 17 + n * LINE, line.trim(), { at: first ? 'start' : last ? 'end' : 'middle', look }),
        )
        .join('');
    }
    case 'idle':
      return '';
  }
}

function legend({ rows }: Ladder, isAbsolute: boolean): string {
  const segments = rows.filter((row) => row.kind === 'segment');
  return [
    isAbsolute ? 'Numbers as on the wire' : "Numbers count from each side's SYN",
    ...(rows.some(({ kind }) => kind === 'gate') ? ['a band on a lifeline: a gate is closed there'] : []),
    ...(segments.some(({ dropped }) => dropped !== undefined) ? ['✕ a gate dropped it'] : []),
    ...(segments.some(({ isAgain }) => isAgain) ? ['dashed: it was sent before'] : []),
  ].join(' · ');
}
