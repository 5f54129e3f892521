import { duration } from '../../exercise/judge/life.ts';
import type { TimelineData } from '../../observe/timeline.ts';
import { wrap } from '../columns.ts';
import { renderText } from '../text.ts';
import type { Role, TextOptions } from '../text-lines.ts';
import { closedGates } from './closed-gates.ts';

import type { Ladder, LadderRow, SegmentRow } from './row.ts';
import { ladder } from './rows.ts';
import { segmentWords } from './segment-words.ts';

export interface LadderTextOptions extends Pick<TextOptions, 'width' | 'paint'> {
  /** Sequence numbers as on the wire, not counted from each side's SYN. */
  readonly isAbsolute?: boolean;
}

const LEAST_WIDTH = 80;
const TIME = 8;
const PORT = 7;
const STATE = 11;

/**
 * A timeline as a ladder for a terminal, a line or two a row, with a line end after each: the lifelines of two hosts with the
 * segments as arrows between them, and the states beside them. Not wider than `width` characters (100 when not said, 80 at
 * least). A run of more hosts, or of one, has no ladder of two lines, and is told as text.
 */
export function ladderText(timeline: TimelineData, options: LadderTextOptions = {}): string {
  if (timeline.header.hosts.length !== 2) return renderText(timeline, options);
  const shown = ladder(timeline);
  const lines = new LadderLines(shown, options);
  const all = [...lines.heading(), ...shown.rows.flatMap((row, n) => lines.row(row, n))];
  return all.map((line) => `${line.trimEnd()}\n`).join('');
}

class LadderLines {
  readonly #ladder: Ladder;
  readonly #closed: readonly (readonly number[])[];
  readonly #isAbsolute: boolean;
  readonly #paint: NonNullable<TextOptions['paint']>;
  readonly #width: number;
  readonly #before: number;
  readonly #zone: number;

  constructor(
    shown: Ladder,
    { width = 100, isAbsolute = false, paint = (_, text) => text }: LadderTextOptions,
  ) {
    this.#ladder = shown;
    this.#closed = closedGates(shown.rows);
    this.#isAbsolute = isAbsolute;
    this.#paint = paint;
    this.#width = Math.max(width, LEAST_WIDTH);
    this.#before = TIME + (shown.hasManyPorts ? PORT : 0) + 1;
    this.#zone = this.#width - this.#before - 2 * (STATE + 2);
  }

  heading(): string[] {
    const { rows, hosts, hasManyPorts } = this.#ladder;
    const segments = rows.filter((row) => row.kind === 'segment');
    const legend = [
      `Numbers ${this.#isAbsolute ? 'as on the wire' : "count from each side's SYN"}. Times in ms.`,
      ...(rows.some(({ kind }) => kind === 'gate') ? ['▒ a gate is closed there.'] : []),
      ...(segments.some(({ dropped }) => dropped !== undefined) ? ['✕ a gate dropped it.'] : []),
      ...(segments.some(({ isAgain }) => isAgain) ? ['╌ it was sent before.'] : []),
    ].join(' ');
    const titles = hosts.map(({ name, addresses }) => `${name} ${addresses.join(' ')}`);
    const [left = '', right = ''] = titles.map((title) => cut(title, (this.#width - this.#before) / 2 - 1));
    const names = left + right.padStart(this.#width - this.#before - left.length);
    const row = `${'ms'.padStart(TIME)}${hasManyPorts ? 'port'.padStart(PORT) : ''} `;
    return [
      ...wrap(legend, this.#width).map((line) => this.#paint('note', line.trim())),
      '',
      this.#paint('heading', row + names),
    ];
  }

  row(row: LadderRow, n: number): string[] {
    const lifelines = (this.#closed[n] ?? []).map((gates) => (gates > 0 ? '▒' : '│'));
    const [left = '│', right = '│'] = lifelines;
    const body = (inner: string, states: readonly string[] = []): string => {
      const [leftState = '', rightState = ''] = states;
      return `${leftState || ' '.repeat(STATE)} ${left}${inner}${right} ${rightState}`;
    };
    if (row.kind === 'idle') {
      const words = ` … ${duration(row.ms)} nothing … `;
      const side = Math.max(Math.floor((this.#zone - words.length) / 2), 0);
      const inner = ' '.repeat(side) + this.#paint('note', words);
      return [' '.repeat(this.#before) + body(inner + ' '.repeat(this.#zone - side - words.length))];
    }
    const inner = this.#inner(row);
    return inner.map((text, line) => {
      const states = row.kind === 'state' && line === 0 ? this.#states(row.host, row.state) : [];
      return (line === 0 ? this.#margin(row) : ' '.repeat(this.#before)) + body(text, states);
    });
  }

  #margin(row: Exclude<LadderRow, { kind: 'idle' }>): string {
    const time = row.atMs.toFixed(1).padStart(TIME);
    const port = 'port' in row ? String(row.port) : '';
    return `${time}${this.#ladder.hasManyPorts ? port.padStart(PORT) : ''} `;
  }

  #states(host: number, state: string): string[] {
    const text = host === 0 ? state.padStart(STATE) : state.padEnd(STATE);
    return host === 0 ? [this.#paint('state', text)] : ['', this.#paint('state', text)];
  }

  /** What stands between the lifelines, a line each, exactly as wide as there is room. */
  #inner(row: Exclude<LadderRow, { kind: 'idle' }>): string[] {
    if (row.kind === 'segment') return this.#arrow(row);
    if (row.kind === 'state') {
      const isOther = this.#ladder.onlyPort !== undefined && this.#ladder.onlyPort !== row.port;
      return [this.#beside(row.host, isOther ? `port ${row.port}` : '', 'note')];
    }
    const role: Role = row.kind === 'gate' ? 'gate' : 'note';
    return wrap(row.words, this.#zone - 2).map((line) => this.#beside(row.host, line.trim(), role));
  }

  #beside(host: number, words: string, role: Role): string {
    const room = this.#zone - 2;
    const text = host === 1 ? words.padStart(room) : host === 0 ? words.padEnd(room) : centred(words, room);
    return ` ${this.#paint(role, text)} `;
  }

  #arrow(row: SegmentRow): string[] {
    const { isReset, dropped, from, to, claims, marks } = row;
    const role: Role = dropped !== undefined ? 'gate' : isReset ? 'reset' : 'segment';
    const said = [
      segmentWords(row, this.#isAbsolute),
      ...(marks.length === 0 ? [] : [`(${marks.join(', ')})`]),
    ];
    const words = [...(claims === undefined ? [] : [`from ${claims}:`]), ...said].join(' ');
    if (from === to || from < 0)
      return wrap(`↺ ${words}${dropped === undefined ? '' : ' ✕'}`, this.#zone - 2).map((line) =>
        this.#beside(to, line.trim(), role),
      );
    const head = dropped !== undefined ? '✕' : to === 1 ? '▶' : '◀';
    const dash = row.isAgain ? '╌' : '─';
    const fits = words.length + 6 <= this.#zone;
    const rest = dash.repeat(this.#zone - 1 - (fits ? words.length + 4 : 0));
    const ends = fits ? `${dash}${dash} ${words} ${rest}` : rest;
    const line = to === 1 ? `${ends}${head}` : `${head}${fits ? `${rest} ${words} ${dash}${dash}` : rest}`;
    const above = fits
      ? []
      : wrap(words, this.#zone - 2).map((part) => this.#beside(from, part.trim(), role));
    return [...above, this.#paint(role, line)];
  }
}

function centred(text: string, width: number): string {
  return text.padStart(Math.floor((width + text.length) / 2)).padEnd(width);
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, Math.floor(most) - 1)}…`;
}
