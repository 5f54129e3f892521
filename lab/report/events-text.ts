import type { EventAtlas, EventCell } from '../atlas/events/events.ts';
import type { State } from '../tcp/states.ts';
import { wrap } from './columns.ts';
import { EventNotes } from './events-notes.ts';

const WIDTH = 120;
const LABEL = 16;
const INDENT = 2;

/** How many states stand side by side: the ones before a connection is used, then the ones after. */
const BLOCKS = [5, 6] as const;

/** What the arriving segments are, and what the marks mean. */
const LEGEND = [
  'Across: the state of an ordinary socket. Down: the segment that arrives, made by hand. In a cell: what the kernel',
  'answers, and below it the state that follows when that is another one. ≠ differs from RFC 9293 with RFC 5961;',
  '↻ TIME_WAIT begins anew; » its SYN is sent again at once; ? not settled. Letters: see the notes.',
  '',
  'SYN            the first SYN again, with its old number',
  'SYN in window  a SYN 100 behind RCV.NXT',
  'SYN+ACK        the first SYN with an ACK of all that was sent; in SYN_SENT, the expected one',
  'ACK            acknowledges all that was sent, a FIN too',
  'ACK of unsent  acknowledges 1,000 more than was ever sent',
  'data           5 bytes at RCV.NXT; acknowledge all but a FIN that is on its way',
  'FIN            like data; from CLOSE_WAIT on, the same FIN again',
  'FIN+ACK        a FIN that acknowledges all that was sent, a FIN too',
  'RST in window  100 behind RCV.NXT; in SYN_SENT, one without ACK',
  'RST exact      at RCV.NXT; in SYN_SENT, one that acknowledges the SYN',
  'RST outside    2^30 behind RCV.NXT; in SYN_SENT, one that acknowledges what was never sent',
];

/** The matrix as text for people, at most 120 columns wide. */
export function renderEventAtlas(atlas: EventAtlas): string {
  const notes = new EventNotes();
  const { cells, states, arriving } = atlas;
  const blocks = BLOCKS.map((count, n) => {
    const first = BLOCKS.slice(0, n).reduce((sum, each) => sum + each, 0);
    return block(states.slice(first, first + count), cells, arriving, notes);
  });
  const variants = atlas.variants.map((variant) =>
    differingFromMain(variant.name, variant.cells, atlas, notes),
  );
  const lines = [
    `What Linux ${atlas.kernel} answers to every kind of segment in every state, over IPv${atlas.ip}`,
    '',
    ...blocks.flatMap((lines) => [...lines, '']),
    ...variants.flatMap((lines) => [...lines, '']),
    ...section('Differences from the RFCs', notes.differences()),
    ...section('Notes', notes.others()),
    ...section('Not settled', problems(atlas)),
    ...LEGEND,
    '',
    ...knobLines(atlas),
    summary(atlas),
  ];
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

/** Some states side by side, a line or two for each arriving segment. */
function block(
  states: readonly State[],
  cells: readonly EventCell[],
  arriving: EventAtlas['arriving'],
  notes: EventNotes,
): string[] {
  const width = Math.floor((WIDTH - LABEL) / states.length);
  const row = (label: string, words: readonly string[]): string =>
    label.padEnd(LABEL) + words.map((word) => word.padEnd(width)).join('');
  const lines = arriving.flatMap((arrival) => {
    const across = states.map((state) => found(cells, state, arrival));
    const next = across.map((cell) =>
      cell.next === cell.state || cell.next === null ? '' : `  → ${cell.next}`,
    );
    return [
      row(
        arrival,
        across.map((cell) => answerWords(cell, notes)),
      ),
      ...(next.some((words) => words !== '') ? [row('', next)] : []),
    ];
  });
  return [
    row(
      '',
      states.map((state) => `  ${state}`),
    ),
    ...lines,
  ];
}

/** `≠ SYN+ACK a`. */
function answerWords(cell: EventCell, notes: EventNotes): string {
  const mark = cell.agrees === null ? '?' : cell.agrees ? ' ' : '≠';
  const signs = `${cell.hastened ? '»' : ''}${cell.restarted ? '↻' : ''}`;
  return [mark, `${cell.answer ?? 'unknown'}${signs}`, notes.letter(cell)].join(' ').trimEnd();
}

/** Where a state that was reached in another way is answered differently; the rest is as in the matrix. */
function differingFromMain(
  name: string,
  cells: readonly EventCell[],
  atlas: EventAtlas,
  notes: EventNotes,
): string[] {
  const differing = cells.filter((cell) => {
    const main = found(atlas.cells, cell.state, cell.arriving);
    return cell.answer !== main.answer || cell.next !== main.next;
  });
  const lines = differing.map((cell) => {
    const next = cell.next === cell.state || cell.next === null ? '' : `→ ${cell.next}`;
    return `${cell.arriving.padEnd(LABEL)}${answerWords(cell, notes).padEnd(LABEL + INDENT)}  ${next}`;
  });
  return [`${name} is answered like that, but for:`, ...lines];
}

function found(cells: readonly EventCell[], state: State, arriving: string): EventCell {
  const cell = cells.find((each) => each.state === state && each.arriving === arriving);
  if (cell === undefined) throw new RangeError(`the matrix has no cell ${state} × ${arriving}`);
  return cell;
}

function section(title: string, entries: readonly string[]): string[] {
  if (entries.length === 0) return [];
  return [title, ...entries.flatMap((entry) => wrap(`${' '.repeat(INDENT)}${entry}`, WIDTH)), ''];
}

function problems({ cells, variants }: EventAtlas): string[] {
  const all = [...cells, ...variants.flatMap((variant) => variant.cells)];
  return all.flatMap(({ state, arriving, problem }) =>
    problem === undefined ? [] : [`${state} × ${arriving}: ${problem}`],
  );
}

/** The two limits would hide answers; see EVENT_KNOBS. */
function knobLines({ knobs }: EventAtlas): string[] {
  const { tcp_invalid_ratelimit: pause = '?', tcp_challenge_ack_limit: limit = '?' } = knobs;
  return [
    `Set for this: tcp_invalid_ratelimit=${pause} and tcp_challenge_ack_limit=${limit}, so that no answer is left out`,
    'for having been given a moment before. The kernel by itself gives one such answer per connection in 500 ms.',
    '',
  ];
}

function summary({ cells, elapsedMs }: EventAtlas): string {
  const settled = cells.filter(({ agrees }) => agrees !== null).length;
  const agreeing = cells.filter(({ agrees }) => agrees === true).length;
  return (
    `${settled} of ${cells.length} cells settled in ${(elapsedMs / 1_000).toFixed(1)} s: ` +
    `${agreeing} as the RFCs say, ${settled - agreeing} not. The evidence of each cell: ./tcplab atlas --events --json`
  );
}
