import type { HostHeader, SegmentEvent, TimelineEvent } from '../observe/timeline.ts';
import { type LocalEvent, ToldStates } from '../observe/told-states.ts';
import { describeSegment } from '../tcp/segment.ts';
import { arrow, type Columns, columnsFor, margin, wrap } from './columns.ts';
import { Connections } from './connections.ts';
import { eventWords } from './words.ts';

/** What a piece of a line is, for colouring. */
export type Role =
  | 'heading'
  | 'state'
  | 'segment'
  | 'reset'
  | 'gate'
  | 'program'
  | 'stdout'
  | 'stderr'
  | 'note';

export interface TextOptions {
  /** Characters a line should have at most; 100 when not said. A segment with many options may be longer. */
  readonly width?: number;
  /** Whether the tracepoints tell of every change of state, so that none is too short to be seen. */
  readonly traced?: boolean;
  /** Colours a piece of a line; it must not change how wide it is. */
  readonly paint?: (role: Role, text: string) => string;
}

const LEGEND =
  "Flags: S SYN, . ACK, P PSH, F FIN, R RST. seq and ack count from each side's SYN. Times in ms.";
const SHORT_STATES = 'A state that lasts less than a few ms may not be seen: hold it with a gate.';

/**
 * Turns the events of one timeline into lines for people, one after the other: time, the connection's port, then a column
 * a host with its states, gates and programs, and an arrow for a segment from one to the other. It remembers initial
 * sequence numbers, so it serves a saved timeline and a live one alike: give it each event once, in order.
 */
export class TextLines {
  readonly #hosts: readonly HostHeader[];
  readonly #columns: Columns;
  readonly #connections = new Connections();
  readonly #states = new ToldStates();
  readonly #paint: (role: Role, text: string) => string;
  readonly #legend: readonly string[];

  constructor(hosts: readonly HostHeader[], options: TextOptions = {}) {
    this.#hosts = hosts;
    this.#columns = columnsFor(hosts.length, options.width ?? 100);
    this.#legend = options.traced === true ? [LEGEND] : [LEGEND, SHORT_STATES];
    this.#paint = options.paint ?? ((_role, text) => text);
  }

  /** What to print once above the lines. */
  heading(): string[] {
    const { width, body, hostWidth } = this.#columns;
    const titles = this.#hosts.map(({ name, addresses }) => `${name} ${addresses.join(' ')}`);
    const row = `${'ms'.padStart(8)}${'port'.padStart(7)}`.padEnd(body);
    const names = titles.map((title) => title.padEnd(hostWidth)).join('  ');
    return [
      ...this.#legend.flatMap((line) => wrap(line, width)).map((line) => this.#paint('note', line)),
      '',
      this.#paint('heading', (row + names).trimEnd()),
    ];
  }

  /** The lines of one event: usually one, none for what people need not see, more when a program printed a long line. */
  next(event: TimelineEvent): string[] {
    return event.kind === 'segment' ? [this.#segment(event)] : this.#local(event);
  }

  #segment(event: SegmentEvent): string {
    const { segment, from, to, checksumOk } = event;
    const { port, relativeTo, repeated } = this.#connections.next(segment);
    const words = [
      // The values of timestamps say little to a reader; that there are any does.
      describeSegment(segment, relativeTo).replace(/\bTS \d+:\d+/, 'TS'),
      ...(repeated ? ['(again)'] : []),
      ...(checksumOk ? [] : ['(bad checksum)']),
    ].join(' ');
    const role = words.startsWith('R') ? 'reset' : 'segment';
    return margin(event.atMs, port) + this.#paint(role, this.#between(from, to, words));
  }

  #between(from: string, to: string, words: string): string {
    const [left, right] = this.#hosts.map(({ name }) => name);
    const { arrow: length } = this.#columns;
    if (this.#hosts.length === 2 && from === left && to === right) return arrow(words, 'right', length);
    if (this.#hosts.length === 2 && from === right && to === left) return arrow(words, 'left', length);
    return `${from} → ${to}  ${words}`;
  }

  #portOf(event: LocalEvent): number | undefined {
    if (event.kind === 'socket') return this.#connections.portOf(event.socket);
    if (event.kind !== 'trace') return undefined;
    return this.#connections.portOf({ ...event, state: 'from' in event ? event.to : 'ESTABLISHED' });
  }

  #local(reported: LocalEvent): string[] {
    const port = this.#portOf(reported);
    const event = this.#states.next(reported);
    const words = event === undefined ? undefined : eventWords(event);
    if (event === undefined || words === undefined) return [];
    const { body, starts, width } = this.#columns;
    const host = event.kind === 'file' ? undefined : event.host;
    const column = this.#hosts.findIndex(({ name }) => name === host);
    const indent = (starts[column] ?? body) - body;
    return wrap(words, width - body - indent).map((line, n) => {
      const before = n === 0 ? margin(event.atMs, port) : ' '.repeat(body);
      return `${before}${' '.repeat(indent)}${this.#paint(roleOf(event), line)}`;
    });
  }
}

function roleOf(event: LocalEvent): Role {
  switch (event.kind) {
    case 'socket':
    case 'trace':
      return 'state';
    case 'output':
      return event.stream;
    case 'gate':
    case 'program':
      return event.kind;
    case 'step':
    case 'ss':
    case 'file':
    case 'counter':
    case 'loss':
      return 'note';
  }
}
