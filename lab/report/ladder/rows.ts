import { oneLine } from '../../grade/formats/plain-text.ts';
import type { GateEvent, SegmentEvent, TimelineData, TimelineEvent } from '../../observe/timeline.ts';
import { Connections } from '../connections.ts';
import { type DroppedBy, droppedSegments, keyOf } from '../dropped-segments.ts';
import { type AnalysedSegment, analyseTcp } from '../tcp-analysis.ts';
import { ToldStates } from '../told-states.ts';
import { eventWords, gateWords } from '../words.ts';
import type { GateRow, Ladder, LadderRow, SegmentRow } from './row.ts';
import { segmentNumbers } from './segment-words.ts';

/** So long without anything to show is told in one row. */
const FOLD_MS = 500;

/** What a ladder of this timeline shows, from top to bottom. Pure. */
export function ladder(timeline: TimelineData): Ladder {
  const hosts = timeline.header.hosts.map(({ name }) => name);
  const reader = new RowReader(timeline, hosts);
  const rows = timeline.events.flatMap((event) => reader.next(event));
  const ports = new Set(rows.flatMap((row) => ('from' in row ? [row.port] : [])));
  const [onlyPort] = ports;
  return {
    hosts: timeline.header.hosts.map(({ name, addresses }) => ({
      name: oneLine(name),
      addresses: addresses.map(oneLine),
    })),
    hasManyPorts: ports.size > 1,
    ...(ports.size === 1 && onlyPort !== undefined ? { onlyPort } : {}),
    rows: withIdleTime(rows),
  };
}

class RowReader {
  readonly #hosts: readonly string[];
  readonly #connections = new Connections();
  readonly #states = new ToldStates();
  readonly #analysis: ReadonlyMap<SegmentEvent, AnalysedSegment>;
  readonly #dropped: ReadonlyMap<SegmentEvent, DroppedBy>;
  readonly #marked = new Map<string, number>();

  constructor(timeline: TimelineData, hosts: readonly string[]) {
    this.#hosts = hosts;
    this.#analysis = new Map(analyseTcp(timeline).map((found) => [found.event, found]));
    this.#dropped = droppedSegments(timeline.events);
  }

  next(event: TimelineEvent): LadderRow[] {
    switch (event.kind) {
      case 'segment':
        return [this.#segment(event)];
      case 'socket':
      case 'trace':
        return this.#state(event);
      case 'gate':
        return [this.#gate(event)];
      case 'program':
      case 'step':
      case 'loss': {
        const host = event.host === undefined ? -1 : this.#hosts.indexOf(event.host);
        return [{ kind: 'note', atMs: event.atMs, host, words: oneLine(eventWords(event) ?? '') }];
      }
      case 'output':
      case 'ss':
      case 'file':
      case 'counter':
        return [];
    }
  }

  #segment(event: SegmentEvent): SegmentRow {
    const { atMs, segment, loopback, checksumOk } = event;
    const { port, relativeTo, repeated } = this.#connections.next(segment);
    const found = this.#analysis.get(event);
    const dropped = this.#dropped.get(event);
    const to = this.#hosts.indexOf(event.to);
    const named = this.#hosts.indexOf(event.from);
    const from = loopback === true ? to : named;
    if (dropped !== undefined) {
      const key = keyOf(dropped);
      this.#marked.set(key, (this.#marked.get(key) ?? 0) + 1);
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
      isReset: found?.reset ?? false,
      isAgain,
      ...(dropped === undefined ? {} : { dropped: dropped.gate }),
      marks: [...marksOf(found, isAgain), ...(checksumOk ? [] : ['bad checksum'])],
    };
  }

  #state(reported: Extract<TimelineEvent, { kind: 'socket' | 'trace' }>): LadderRow[] {
    const port = this.#connections.portOf(
      reported.kind === 'socket'
        ? reported.socket
        : { ...reported, state: 'from' in reported ? reported.to : 'ESTABLISHED' },
    );
    const event = this.#states.next(reported);
    if (event === undefined) return [];
    const { atMs } = event;
    const host = 'host' in event && event.host !== undefined ? this.#hosts.indexOf(event.host) : -1;
    if (event.kind === 'trace' && event.tracepoint === 'inet_sock_set_state')
      return [{ kind: 'state', atMs, host, port, state: event.to, was: event.from }];
    if (event.kind === 'trace') {
      const words = eventWords(event);
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
    const marked = this.#marked.get(keyOf(event)) ?? 0;
    const isAside = action === 'opened' && gate !== 'own-rst' && dropped !== marked;
    return {
      kind: 'gate',
      atMs,
      host: this.#hosts.indexOf(host),
      gate,
      ...(port === undefined ? {} : { ofPort: port }),
      isClosed: action === 'closed',
      words: `${gateWords(event)}${isAside ? `, ${marked} of them marked` : ''}`,
    };
  }
}

const REPEATS = {
  retransmission: 'again',
  'fast-retransmission': 'again, fast',
  'spurious-retransmission': 'again, though it had been acknowledged',
  'out-of-order': 'out of order',
} as const;

function marksOf(found: AnalysedSegment | undefined, isAgain: boolean): string[] {
  const { repeat, duplicateAck, keepAlive, zeroWindowProbe } = found ?? {};
  return [
    ...(repeat !== undefined ? [REPEATS[repeat]] : isAgain ? ['again'] : []),
    ...(duplicateAck === true ? ['duplicate ACK'] : []),
    ...(keepAlive === true ? ['keep-alive'] : []),
    ...(zeroWindowProbe === true ? ['window probe'] : []),
  ];
}

function withIdleTime(rows: readonly LadderRow[]): LadderRow[] {
  return rows.flatMap((row, n): LadderRow[] => {
    const before = rows[n - 1]?.atMs ?? row.atMs;
    const ms = row.atMs - before;
    return ms < FOLD_MS ? [row] : [{ kind: 'idle', atMs: before, ms }, row];
  });
}
