import type { SegmentEvent } from '../../observe/timeline.ts';
import { type Endpoint, formatEndpoint, sameEndpoint } from '../../tcp/address.ts';
import { ACK, RST, SYN } from '../../tcp/flags.ts';
import { seqAdd } from '../../tcp/sequence.ts';
import type { Life } from './life.ts';

/** Everything that passed between two endpoints from one SYN on, and the sockets at both ends. */
export interface Connection {
  /** The end that sent the first SYN, and the host it is on. */
  readonly opener: Side;
  readonly other: Side;
  /** When its first segment arrived, in milliseconds. */
  readonly fromMs: number;
  /** When a new connection between the same two endpoints began; infinite when none did. */
  readonly untilMs: number;
  /** The segments of both directions in the order of their arrival. */
  readonly segments: readonly SegmentEvent[];
}

interface Growing extends Connection {
  untilMs: number;
  readonly segments: SegmentEvent[];
  readonly isn: Map<string, number>;
}

export interface Side {
  readonly host: string;
  readonly endpoint: Endpoint;
}

/**
 * The connections of a timeline, in the order in which their first SYN arrived. A SYN with a new initial number from an end
 * that had one already begins a new connection on the same ports; the SYN of a simultaneous open does not.
 */
export function connectionsOf(segments: readonly SegmentEvent[]): Connection[] {
  const all: Growing[] = [];
  const current = new Map<string, Growing>();
  for (const event of segments) {
    const { source, destination, flags, seq } = event.segment;
    const from = formatEndpoint(source);
    const key = [from, formatEndpoint(destination)].sort().join(' ');
    let connection = current.get(key);
    const isSyn = (flags & SYN) !== 0 && (flags & RST) === 0;
    const opens = isSyn && (flags & ACK) === 0;
    const known = connection?.isn.get(from);
    if (connection === undefined || (opens && known !== undefined && known !== seq)) {
      if (connection !== undefined) connection.untilMs = event.atMs;
      connection = {
        opener: { host: event.from, endpoint: source },
        other: { host: event.to, endpoint: destination },
        fromMs: event.atMs,
        untilMs: Number.POSITIVE_INFINITY,
        segments: [],
        isn: new Map(),
      };
      current.set(key, connection);
      all.push(connection);
    }
    if (isSyn) connection.isn.set(from, seq);
    connection.segments.push(event);
  }
  return all;
}

/** Whether it was seen from its beginning on: its first segment is a SYN. Anybody can send something else to a port. */
export function beginsWithSyn({ segments }: Connection): boolean {
  const flags = segments[0]?.segment.flags ?? 0;
  return (flags & (SYN | ACK | RST)) === SYN;
}

/** The side of a connection that a host is. @throws RangeError when it is none. */
export function sideAt(connection: Connection, host: string): Side {
  const side = [connection.opener, connection.other].find((each) => each.host === host);
  if (side === undefined) throw new RangeError(`${host} is no end of this connection`);
  return side;
}

/** Whether a socket is an end of a connection, judged by its four numbers. */
export function isEndOf(life: Life, connection: Connection): boolean {
  const { opener, other } = connection;
  const [own, peer] = life.host === opener.host ? [opener, other] : [other, opener];
  return sameEndpoint(life.local, own.endpoint) && sameEndpoint(life.remote, peer.endpoint);
}

/** The initial sequence number of a host's end, from its SYN or SYN-ACK; undefined when it sent none. */
export function initialNumber(connection: Connection, host: string): number | undefined {
  return connection.segments.find(
    ({ from, segment }) => from === host && (segment.flags & SYN) !== 0 && (segment.flags & RST) === 0,
  )?.segment.seq;
}

/** A host's sequence number counted from its SYN: 0 is the SYN, 1 the first byte. As it is when there was no SYN. */
export function relative(connection: Connection, host: string, seq: number): number {
  return seqAdd(seq, -(initialNumber(connection, host) ?? 0));
}

/** What a segment's numbers are counted from, for people: each side's SYN. */
export function countedFrom(
  connection: Connection | undefined,
  event: SegmentEvent,
): { seq: number; ack: number } {
  if (connection === undefined) return { seq: 0, ack: 0 };
  return {
    seq: initialNumber(connection, event.from) ?? 0,
    ack: initialNumber(connection, event.to) ?? 0,
  };
}
