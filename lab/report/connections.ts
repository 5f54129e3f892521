import type { SocketRecord } from '../observe/sock-diag.ts';
import type { Endpoint } from '../tcp/address.ts';
import { ACK, RST, SYN } from '../tcp/flags.ts';
import { type Segment, segmentLength } from '../tcp/segment.ts';
import { seqAdd, seqAfter, seqDiff } from '../tcp/sequence.ts';
import { EndpointNames } from './endpoint-name.ts';
import { ForkedMap } from './forked-map.ts';

/** What a reader wants to know of a segment beside what is in it. */
export interface SegmentContext {
  /** The port that tells its connection from others: the one of the end that opened it. */
  readonly port: number;
  /** The initial sequence numbers to count from; 0 where none is known, so that the number is shown as it is. */
  readonly relativeTo: { readonly seq: number; readonly ack: number };
  /** Nothing in it is new: the same sequence numbers were sent before. */
  readonly repeated: boolean;
}

/** One direction of a connection: the initial sequence numbers it had, latest first, and the end of what was sent. */
interface Direction {
  initial: number[];
  sentUpTo: number | undefined;
}

interface Connection {
  readonly port: number;
  readonly directions: Map<string, Direction>;
}

/**
 * Remembers every connection of a timeline from event to event, so that segments can be shown with sequence numbers that
 * count from each side's SYN. Feed it events in order. A port pair that is used again gets new initial numbers; a segment
 * of the old connection is still counted from the old ones.
 */
export class Connections {
  readonly #known: ForkedMap<Connection>;
  readonly #listening = new Set<string>();
  readonly #names: EndpointNames;

  constructor(names = new EndpointNames(), known = new ForkedMap(copyOf)) {
    this.#names = names;
    this.#known = known;
  }

  /** The same, to go on from here another way. */
  copy(): Connections {
    const copy = new Connections(this.#names, this.#known.copy());
    for (const key of this.#listening) copy.#listening.add(key);
    return copy;
  }

  /** The port to show for a socket: its own when it listens, else the connection's. */
  portOf(socket: Pick<SocketRecord, 'state' | 'local' | 'remote'>): number {
    if (socket.state === 'LISTEN' || socket.remote.port === 0) {
      this.#listening.add(this.#names.of(socket.local));
      return socket.local.port;
    }
    const opener = socket.state === 'SYN_SENT' ? socket.local : this.#likelyOpener(socket);
    return this.#connection(socket.local, socket.remote, opener).port;
  }

  /** Takes note of a segment, and tells what is known of its connection. */
  next(segment: Segment): SegmentContext {
    const { source, destination, seq, ack, flags } = segment;
    const opener = (flags & (SYN | ACK)) === SYN ? source : this.#likelyOpener(segment);
    const connection = this.#connection(source, destination, opener);
    const from = direction(connection, this.#names.of(source));
    const to = direction(connection, this.#names.of(destination));
    if (flags & SYN) begin(from, seq);
    else if (from.initial.length === 0 && !(flags & RST)) begin(from, seqAdd(seq, -1));
    if (flags & ACK && to.initial.length === 0) begin(to, seqAdd(ack, -1));
    return {
      port: connection.port,
      relativeTo: { seq: base(from, seq), ack: base(to, ack) },
      repeated: repeats(from, segment),
    };
  }

  #connection(a: Endpoint, b: Endpoint, opener: Endpoint): Connection {
    const [one, other] = [this.#names.of(a), this.#names.of(b)];
    const key = one < other ? `${one} ${other}` : `${other} ${one}`;
    let connection = this.#known.own(key);
    if (connection === undefined) {
      connection = { port: opener.port, directions: new Map() };
      this.#known.set(key, connection);
    }
    return connection;
  }

  /** Not the end that listens; where nobody is known to listen, the end with the higher port. */
  #likelyOpener(ends: Pick<SocketRecord, 'local' | 'remote'> | Segment): Endpoint {
    const [a, b] = 'local' in ends ? [ends.local, ends.remote] : [ends.source, ends.destination];
    if (this.#listens(a)) return b;
    if (this.#listens(b)) return a;
    return a.port > b.port ? a : b;
  }

  #listens({ address, port }: Endpoint): boolean {
    return [address, '0.0.0.0', '::'].some((at) =>
      this.#listening.has(this.#names.of({ address: at, port })),
    );
  }
}

function copyOf({ port, directions }: Connection): Connection {
  const own = [...directions].map(([from, { initial, sentUpTo }]): [string, Direction] => [
    from,
    { initial: [...initial], sentUpTo },
  ]);
  return { port, directions: new Map(own) };
}

function direction(connection: Connection, key: string): Direction {
  let found = connection.directions.get(key);
  if (found === undefined) {
    found = { initial: [], sentUpTo: undefined };
    connection.directions.set(key, found);
  }
  return found;
}

function begin(direction: Direction, initial: number): void {
  if (direction.initial[0] === initial) return;
  direction.initial.unshift(initial);
  direction.sentUpTo = undefined;
}

/** The initial number that `number` counts from: the nearest one before it. */
function base(direction: Direction, number: number): number {
  const before = direction.initial.filter((initial) => seqDiff(number, initial) >= 0);
  return before.sort((a, b) => seqDiff(number, a) - seqDiff(number, b))[0] ?? 0;
}

function repeats(direction: Direction, segment: Segment): boolean {
  const length = segmentLength(segment);
  if (length === 0 || segment.flags & RST) return false;
  const end = seqAdd(segment.seq, length);
  const { sentUpTo } = direction;
  if (sentUpTo !== undefined && !seqAfter(end, sentUpTo)) return true;
  direction.sentUpTo = end;
  return false;
}
