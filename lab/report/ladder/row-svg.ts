import { duration } from '../../exercise/judge/life.ts';
import type { PictureWords } from '../picture-words.ts';
import { label, tidy } from '../svg.ts';
import { segmentMarkup } from './arrow-svg.ts';
import { type Layout, LINE, type Placed } from './place.ts';
import type { GateRow, LadderHead, LadderRow, NoteRow } from './row.ts';

const PILL = { width: 112, height: 22 };

/** What of a ladder a row has to know. */
interface Shown {
  readonly words: PictureWords;
  readonly head: LadderHead;
}

/** One row: its time, its port where there are several, and what it tells. */
export function rowMarkup(place: Placed, layout: Layout, ladder: Shown, isAbsolute: boolean): string {
  const { row, top, bottom } = place;
  const { columns, time, port } = layout;
  if (row.kind === 'idle') {
    const words = ladder.words.ladder.nothing(duration(row.ms));
    return label(middleOf(columns), (top + bottom) / 2 + 5, words, { at: 'middle', look: 'soft on-ground' });
  }
  const base = row.kind === 'segment' ? top + 22 : top + 17;
  const look = { at: 'end', look: 'soft number' } as const;
  const parts = [
    label(time, base, row.atMs.toFixed(1), look),
    ...(port !== undefined && 'port' in row ? [label(port, base, String(row.port), look)] : []),
    inner(place, row, columns, ladder, isAbsolute),
  ];
  return parts.join('');
}

function inner(
  { top, lines }: Placed,
  row: Exclude<LadderRow, { kind: 'idle' }>,
  columns: readonly number[],
  { head: { onlyPort }, words }: Shown,
  isAbsolute: boolean,
): string {
  switch (row.kind) {
    case 'segment':
      return segmentMarkup(row, top, columns, isAbsolute, words);
    case 'state': {
      const x = columns[row.host] ?? columns[0] ?? 0;
      const isLeft = row.host <= 0;
      const left = isLeft ? x - 14 - PILL.width : x + 14;
      const about = onlyPort === undefined || onlyPort === row.port ? '' : words.ladder.ofPort(row.port);
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
      const isFirst = row.host === 0;
      const isLast = row.host === columns.length - 1;
      const x = isFirst
        ? (columns[0] ?? 0) + 14
        : isLast
          ? (columns.at(-1) ?? 0) - 14
          : (columns[row.host] ?? middleOf(columns));
      const look = `${lookOf(row)} on-ground`;
      return lines
        .map((line, n) =>
          label(x, top + 17 + n * LINE, line.trim(), {
            at: isFirst ? 'start' : isLast ? 'end' : 'middle',
            look,
          }),
        )
        .join('');
    }
  }
}

function lookOf(row: GateRow | NoteRow): string {
  if (row.kind === 'gate') return 'gate strong';
  return row.isFailure === true ? 'failure strong' : 'soft';
}

function middleOf(columns: readonly number[]): number {
  return ((columns[0] ?? 0) + (columns.at(-1) ?? 0)) / 2;
}
