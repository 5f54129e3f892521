import { oneLine } from '../../grade/formats/plain-text.ts';
import type {
  GateEvent,
  SegmentEvent,
  TimelineData,
  TimelineEvent,
  TimelineHeader,
} from '../../observe/timeline.ts';
import { ToldStates } from '../../observe/told-states.ts';
import { RST } from '../../tcp/flags.ts';
import { Connections } from '../connections.ts';
import { type DroppedBy, DroppedSegments, keyOf } from '../dropped-segments.ts';
import { ENGLISH, type Mark, type PictureWords } from '../picture-words.ts';
import { asSent } from '../tcp-analysis.ts';
import { Conversations } from '../tshark/conversations.ts';
import type { Marks } from '../tshark/flow.ts';
import { eventWords, gateWords } from '../words.ts';
import { type Aside, withAsides } from './aside.ts';
import type { GateRow, Ladder, LadderHead, LadderRow, SegmentRow } from './row.ts';
import { segmentNumbers } from './segment-words.ts';

/** So long without anything to show is told in one row. */
const FOLD_MS = 500;

/** What a ladder of this timeline shows, from top to bottom, and what is noted beside it. Pure. */
export function ladder(timeline: TimelineData, asides: readonly Aside[] = [], words = ENGLISH): Ladder {
  const reader = new LadderReader(timeline.header, words);
  const all = [...withAsides(timeline.events, asides)];
  const rows = all.flatMap((each) => ('event' in each ? reader.next(each.event) : reader.note(each.aside)));
  return { ...reader.head, rows };
}

/** What a ladder remembers of the events before. */
interface Memory {
  readonly connections: Connections;
  readonly states: ToldStates;
  readonly conversations: Conversations;
  readonly dropped: DroppedSegments;
  /** How many segments each gate has dropped, by its key. */
  readonly marked: Map<string, number>;
  /** The ports of the connections that segments belong to: the first two, since one is told apart from several. */
  readonly ports: Set<number>;
}

/** Turns the events of one timeline into a ladder's rows, one after the other. Feed it events in order. */
export class LadderReader {
  readonly #header: TimelineHeader;
  readonly #words: PictureWords;
  readonly #hosts: readonly string[];
  readonly #memory: Memory;
  /** When the last row was; undefined before the first. */
  #lastMs: number | undefined;

  constructor(header: TimelineHeader, words = ENGLISH, memory = newMemory(), lastMs?: number) {
    this.#header = header;
    this.#words = words;
    this.#hosts = header.hosts.map(({ name }) => name);
    this.#memory = memory;
    this.#lastMs = lastMs;
  }

  /** What is above the rows so far. */
  get head(): LadderHead {
    const { ports } = this.#memory;
    const [onlyPort] = ports;
    return {
      hosts: this.#header.hosts.map(({ name, addresses }) => ({
        name: oneLine(name),
        addresses: addresses.map(oneLine),
      })),
      hasManyPorts: ports.size > 1,
      ...(ports.size === 1 && onlyPort !== undefined ? { onlyPort } : {}),
    };
  }

  /** The rows of one event: none for what a ladder does not show, and the idle time before it if that was long. */
  next(event: TimelineEvent): LadderRow[] {
    const dropped = this.#memory.dropped.next(event);
    const [row] = this.#rows(event, dropped);
    return row === undefined ? [] : this.#timed(row, row.atMs);
  }

  /** The row of a note that is no event, and the idle time before it if that was long. */
  note({ atMs, untilMs = atMs, host, words, isFailure }: Aside): LadderRow[] {
    const column = host === undefined ? -1 : this.#hosts.indexOf(host);
    const row = { kind: 'note', atMs, host: column, words } as const;
    return this.#timed(isFailure === true ? { ...row, isFailure } : row, untilMs);
  }

  /** The same, to go on from here another way. */
  copy(): LadderReader {
    const { connections, states, conversations, dropped, marked, ports } = this.#memory;
    const memory = {
      connections: connections.copy(),
      states: states.copy(),
      conversations: conversations.copy(),
      dropped: dropped.copy(),
      marked: new Map(marked),
      ports: new Set(ports),
    };
    return new LadderReader(this.#header, this.#words, memory, this.#lastMs);
  }

  #timed(row: LadderRow, untilMs: number): LadderRow[] {
    const before = this.#lastMs ?? row.atMs;
    this.#lastMs = Math.max(untilMs, row.atMs);
    const ms = row.atMs - before;
    return ms < FOLD_MS ? [row] : [{ kind: 'idle', atMs: before, ms }, row];
  }

  #rows(event: TimelineEvent, dropped: DroppedBy | undefined): LadderRow[] {
    switch (event.kind) {
      case 'segment':
        return [this.#segment(event, dropped)];
      case 'socket':
      case 'trace':
        return this.#state(event);
      case 'gate':
        return [this.#gate(event)];
      case 'program':
      case 'step':
      case 'loss': {
        const host = event.host === undefined ? -1 : this.#hosts.indexOf(event.host);
        return [
          {
            kind: 'note',
            atMs: event.atMs,
            host,
            words: oneLine(eventWords(event, this.#words.events) ?? ''),
          },
        ];
      }
      case 'output':
      case 'ss':
      case 'file':
      case 'counter':
        return [];
    }
  }

  #segment(event: SegmentEvent, dropped: DroppedBy | undefined): SegmentRow {
    const { atMs, segment, loopback, checksumOk } = event;
    const { connections, conversations, marked, ports } = this.#memory;
    const { port, relativeTo, repeated } = connections.next(segment);
    if (ports.size < 2) ports.add(port);
    // What came from no host of the run, and went to none, is not in the capture that tshark would read.
    const found = this.#hosts.includes(event.to)
      ? conversations.next(segment, asSent(event)).marks
      : undefined;
    const to = this.#hosts.indexOf(event.to);
    const named = this.#hosts.indexOf(event.from);
    const from = loopback === true ? to : named;
    if (dropped !== undefined) {
      const key = keyOf(dropped);
      marked.set(key, (marked.get(key) ?? 0) + 1);
    }
    const isAgain = repeated || (found?.repeat !== undefined && found.repeat !== 'out-of-order');
    return {
      kind: 'segment',
      atMs,
      from,
      to,
      ...(from === -1 || from !== named ? { claims: oneLine(event.from) } : {}),
      port,
      ...segmentNumbers(event, relativeTo),
      isReset: found !== undefined && (segment.flags & RST) !== 0,
      isAgain,
      ...(dropped === undefined ? {} : { dropped: dropped.gate }),
      marks: marksOf(found, isAgain, checksumOk).map((mark) => this.#words.ladder.marks[mark]),
    };
  }

  #state(reported: Extract<TimelineEvent, { kind: 'socket' | 'trace' }>): LadderRow[] {
    const port = this.#memory.connections.portOf(
      reported.kind === 'socket'
        ? reported.socket
        : { ...reported, state: 'from' in reported ? reported.to : 'ESTABLISHED' },
    );
    const event = this.#memory.states.next(reported);
    if (event === undefined) return [];
    const { atMs } = event;
    const host = 'host' in event && event.host !== undefined ? this.#hosts.indexOf(event.host) : -1;
    if (event.kind === 'trace' && event.tracepoint === 'inet_sock_set_state')
      return [{ kind: 'state', atMs, host, port, state: event.to, was: event.from }];
    if (event.kind === 'trace') {
      const words = eventWords(event, this.#words.events);
      return words === undefined ? [] : [{ kind: 'note', atMs, host, words: oneLine(words) }];
    }
    if (event.kind !== 'socket') return [];
    const { change, socket, was } = event;
    if (change === 'gone') return [{ kind: 'state', atMs, host, port, state: 'CLOSED', was: socket.state }];
    if (change === 'changed' && was === undefined) return [];
    return [{ kind: 'state', atMs, host, port, state: socket.state, ...(was === undefined ? {} : { was }) }];
  }

  /** How many segments a gate dropped is the kernel's to say; where the marks do not add up to it, that is said as well. */
  #gate(event: GateEvent): GateRow {
    const { atMs, host, gate, port, action, dropped } = event;
    const marked = this.#memory.marked.get(keyOf(event)) ?? 0;
    const isAside = action === 'opened' && gate !== 'own-rst' && dropped !== marked;
    const { events, ladder: said } = this.#words;
    return {
      kind: 'gate',
      atMs,
      host: this.#hosts.indexOf(host),
      gate,
      ...(port === undefined ? {} : { ofPort: port }),
      isClosed: action === 'closed',
      words: `${gateWords(event, events)}${isAside ? said.marked(marked) : ''}`,
    };
  }
}

function marksOf(found: Marks | undefined, isAgain: boolean, checksumOk: boolean): Mark[] {
  const { repeat, duplicateAck, keepAlive, zeroWindowProbe } = found ?? {};
  return [
    ...(repeat !== undefined ? [repeat] : isAgain ? ['retransmission' as const] : []),
    ...(duplicateAck === true ? ['duplicate-ack' as const] : []),
    ...(keepAlive === true ? ['keep-alive' as const] : []),
    ...(zeroWindowProbe === true ? ['window-probe' as const] : []),
    ...(checksumOk ? [] : ['bad-checksum' as const]),
  ];
}

function newMemory(): Memory {
  return {
    connections: new Connections(),
    states: new ToldStates(),
    conversations: new Conversations(),
    dropped: new DroppedSegments(),
    marked: new Map(),
    ports: new Set(),
  };
}
