import { duration } from '../../exercise/judge/life.ts';
import type { TimelineData } from '../../observe/timeline.ts';
import type { LadderRow } from '../ladder/row.ts';
import { ladder } from '../ladder/rows.ts';
import { segmentWords } from '../ladder/segment-words.ts';
import { mermaidText } from './escape.ts';

/** A drawing of more rows than this is refused by what draws it, or read by nobody. */
const MOST = 200;

/**
 * A timeline as a sequence diagram of Mermaid: segments as arrows, a cross where a gate dropped one, states and gates as notes.
 * Only the first 200 rows; a note tells how many are left out. https://mermaid.js.org/syntax/sequenceDiagram.html
 */
export function mermaidSequence(timeline: TimelineData): string {
  const { hosts, rows } = ladder(timeline);
  const all = `h0${hosts.length > 1 ? `,h${hosts.length - 1}` : ''}`;
  const left = rows.length - MOST;
  return [
    'sequenceDiagram',
    ...hosts.map(({ name }, n) => `  participant h${n} as ${mermaidText(name)}`),
    ...rows.slice(0, MOST).map((row) => `  ${lineOf(row, all, hosts.length)}`),
    ...(left > 0 ? [`  Note over ${all}: … and ${left} more`] : []),
    '',
  ].join('\n');
}

function lineOf(row: LadderRow, all: string, hosts: number): string {
  switch (row.kind) {
    case 'segment': {
      const { from, to, dropped, isAgain, marks, claims } = row;
      const arrow = `${isAgain ? '--' : '-'}${dropped === undefined ? '>>' : 'x'}`;
      const claimed = claims === undefined ? '' : `from ${claims}: `;
      const said = marks.length === 0 ? '' : ` (${marks.join(', ')})`;
      const end = Math.max(to, 0);
      return `h${from < 0 ? end : from}${arrow}h${end}: ${mermaidText(claimed + segmentWords(row) + said)}`;
    }
    case 'state':
      return `Note ${beside(row.host, hosts, all)}: ${mermaidText(row.state)}`;
    case 'gate':
    case 'note':
      return `Note ${row.host < 0 ? `over ${all}` : `over h${row.host}`}: ${mermaidText(row.words)}`;
    case 'idle':
      return `Note over ${all}: ${mermaidText(`… ${duration(row.ms)} nothing …`)}`;
  }
}

function beside(host: number, hosts: number, all: string): string {
  if (host < 0) return `over ${all}`;
  if (host === 0) return 'left of h0';
  return host === hosts - 1 ? `right of h${host}` : `over h${host}`;
}
