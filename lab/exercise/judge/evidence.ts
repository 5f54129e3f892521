import type { KnobName } from '../../host/knobs.ts';
import type {
  FileEvent,
  GateEvent,
  OutputEvent,
  ProgramEvent,
  SegmentEvent,
  SocketEvent,
  SsEvent,
  TimelineData,
  TimelineEvent,
} from '../../observe/timeline.ts';
import { sameAddress } from '../../tcp/address.ts';
import { matchesSegment, type SegmentPattern } from '../../tcp/pattern.ts';
import { beginsWithSyn, type Connection, connectionsOf, isEndOf } from './connection.ts';
import { type Life, livesOf } from './life.ts';

/** Which segments are meant: everything that is given must fit. Times in milliseconds on the timeline. */
export interface SegmentQuery extends SegmentPattern {
  readonly from?: string;
  readonly to?: string;
  readonly afterMs?: number;
  readonly beforeMs?: number;
}

/** A timeline as checks look at it. Pure: the same timeline gives the same answers, on any machine. */
export class Evidence {
  readonly timeline: TimelineData;
  /** When the run ended, in milliseconds. */
  readonly endMs: number;
  readonly #lives = new Map<string, readonly Life[]>();
  readonly #connections: readonly Connection[];
  readonly #segments: readonly SegmentEvent[];

  constructor(timeline: TimelineData) {
    this.timeline = timeline;
    this.endMs = timeline.events.at(-1)?.atMs ?? 0;
    const sockets = this.#events<SocketEvent>('socket');
    for (const { name } of timeline.header.hosts) this.#lives.set(name, livesOf(name, sockets, this.endMs));
    this.#segments = this.#events<SegmentEvent>('segment').filter((event) => !this.#isForged(event));
    this.#connections = connectionsOf(this.#segments);
  }

  /** The hosts' names, in address order. */
  get hosts(): readonly string[] {
    return this.timeline.header.hosts.map(({ name }) => name);
  }

  /** A host's addresses. */
  addresses(host: string): readonly string[] {
    return this.timeline.header.hosts.find(({ name }) => name === host)?.addresses ?? [];
  }

  /** Whether an address belongs to a host. */
  isAt(host: string, address: string): boolean {
    return this.addresses(host).some((own) => sameAddress(own, address));
  }

  /** Every socket that a host had, in the order in which they appeared. */
  lives(host: string): readonly Life[] {
    return this.#lives.get(host) ?? [];
  }

  /** The sockets of a host that listened on a port, or on any. */
  listeners(host: string, port?: number): readonly Life[] {
    return this.lives(host).filter(
      ({ local, stays }) =>
        (port ?? local.port) === local.port && stays.some(({ state }) => state === 'LISTEN'),
    );
  }

  /** Segments that fit, in the order of their arrival. */
  segments(query: SegmentQuery = {}): readonly SegmentEvent[] {
    return this.#segments.filter((event) => fits(query, event));
  }

  /** Connections that the host `from` opened with a SYN to `to`, at `port` when said, in order. */
  connections(
    query: { readonly from?: string; readonly to?: string; readonly port?: number } = {},
  ): readonly Connection[] {
    return this.#connections.filter(
      (connection) => beginsWithSyn(connection) && this.#isMeant(query, connection),
    );
  }

  /** What came over a host's own loopback was sent there, also when it says that it is from another host. */
  #isForged({ from, to, loopback }: SegmentEvent): boolean {
    return loopback === true && from !== to && this.hosts.includes(from);
  }

  #isMeant(
    query: { readonly from?: string; readonly to?: string; readonly port?: number },
    { opener, other }: Connection,
  ): boolean {
    return (
      (query.from ?? opener.host) === opener.host &&
      (query.to === undefined || (query.to === other.host && this.isAt(query.to, other.endpoint.address))) &&
      (query.port ?? other.endpoint.port) === other.endpoint.port
    );
  }

  /** The connection that a segment belongs to. */
  connectionOf(event: SegmentEvent): Connection | undefined {
    return this.#connections.find(({ segments }) => segments.includes(event));
  }

  /** The socket that a host had for a connection; undefined when the kernel there had none, as with a raw program. */
  life(connection: Connection, host: string): Life | undefined {
    return this.lives(host)
      .filter((life) => isEndOf(life, connection))
      .findLast((life) => this.#connectionOfLife(life) === connection);
  }

  /**
   * Of the connections between a socket's two endpoints the last that had begun when the socket was first seen. One that opens
   * is there before its SYN has arrived anywhere: for that, the connection that began nearest to its first row.
   */
  #connectionOfLife(life: Life): Connection | undefined {
    const [first] = life.stays;
    const bornMs = first?.fromMs ?? 0;
    const possible = this.#connections.filter((connection) => isEndOf(life, connection));
    const begun = first?.state === 'SYN_SENT' ? [] : possible.filter(({ fromMs }) => fromMs <= bornMs);
    return (
      begun.at(-1) ?? possible.sort((a, b) => Math.abs(a.fromMs - bornMs) - Math.abs(b.fromMs - bornMs))[0]
    );
  }

  /** Openings and closings of a host's gates, of one kind or of any. */
  gates(host: string, gate?: string): readonly GateEvent[] {
    return this.#events<GateEvent>('gate').filter(
      (event) => event.host === host && (gate ?? event.gate) === event.gate,
    );
  }

  /** Starts and ends of a host's programs. */
  programs(host?: string): readonly ProgramEvent[] {
    return this.#events<ProgramEvent>('program').filter((event) => (host ?? event.host) === event.host);
  }

  /** What a host's programs printed. Only for exercises whose task is to print, and for messages. */
  output(host: string): readonly OutputEvent[] {
    return this.#events<OutputEvent>('output').filter((event) => event.host === host);
  }

  /** The lines that `ss` printed on a host. */
  ss(host: string): readonly SsEvent[] {
    return this.#events<SsEvent>('ss').filter((event) => event.host === host);
  }

  /** The text of a file of the student's that is no program; undefined when it was not there. */
  file(name: string): string | undefined {
    return this.#events<FileEvent>('file').find((event) => event.name === name)?.text;
  }

  /** When a step of the scenario with these words was taken; undefined when the run did not get there. */
  when(step: string): number | undefined {
    return this.timeline.events.find((event) => event.kind === 'step' && event.text === step)?.atMs;
  }

  /** What a counter of a host showed each time it was read, in order. */
  counter(host: string, name: string): readonly { readonly atMs: number; readonly value: number }[] {
    return this.timeline.events.flatMap((event) =>
      event.kind === 'counter' && event.host === host && event.name === name
        ? [{ atMs: event.atMs, value: event.value }]
        : [],
    );
  }

  /** What a host's sysctl was when the scenario read it; undefined when it did not, or this kernel has none of that name. */
  knob(host: string, name: KnobName): number | undefined {
    return this.counter(host, `sysctl.${name}`).at(-1)?.value;
  }

  #events<T extends TimelineEvent>(kind: T['kind']): T[] {
    return this.timeline.events.filter((event): event is T => event.kind === kind);
  }
}

function fits({ from, to, afterMs, beforeMs, ...pattern }: SegmentQuery, event: SegmentEvent): boolean {
  return (
    (from ?? event.from) === event.from &&
    (to ?? event.to) === event.to &&
    event.atMs >= (afterMs ?? 0) &&
    event.atMs < (beforeMs ?? Number.POSITIVE_INFINITY) &&
    matchesSegment(pattern, event.segment)
  );
}

/** Those of a connection's segments that fit, in the order of their arrival. */
export function segmentsOf(connection: Connection, query: SegmentQuery): readonly SegmentEvent[] {
  return connection.segments.filter((event) => fits(query, event));
}
