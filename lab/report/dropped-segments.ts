import type { GateName } from '../gate/kinds.ts';
import type { GateEvent, SegmentEvent, TimelineEvent } from '../observe/timeline.ts';
import { ACK, FIN, RST, SYN } from '../tcp/flags.ts';
import type { Segment } from '../tcp/segment.ts';

/** Tells whether a closed gate drops an arriving segment. It is shown every segment from the moment the gate was made. */
interface GateRule {
  /** A segment arrives at the gate's host. @returns whether the gate drops it, or would if it were closed. */
  arrives(memory: Memory, segment: Segment, isClosed: boolean): boolean;
  /** The gate has let that segment pass. */
  passed?(memory: Memory, segment: Segment): void;
  /** The gate's host has sent a segment. */
  leaves?(memory: Memory, segment: Segment): void;
}

/** What the rule of one gate remembers: ports of connections, and where that matters sequence numbers. */
interface Memory {
  readonly connections: Set<string>;
  readonly sent: Set<string>;
}

/** A gate, as its events name it. */
export type DroppedBy = Pick<GateEvent, 'host' | 'gate' | 'port'>;

interface KnownGate {
  readonly by: DroppedBy;
  readonly memory: Memory;
  readonly isClosed: boolean;
}

/**
 * Tells which segments were dropped by a gate, and by which: the rules of lab/gate/kinds.ts once more, on the segments of the
 * timeline. A tap sees a segment before the gate does, so nothing in the segment itself tells. What a gate drops at a host's way
 * out was never on the wire. Feed it events in order.
 */
export class DroppedSegments {
  readonly #gates: Map<string, KnownGate>;

  constructor(gates: ReadonlyMap<string, KnownGate> = new Map()) {
    this.#gates = new Map(gates);
  }

  /** Takes note of an event. @returns the gate that dropped it, if it is a segment and one did. */
  next(event: TimelineEvent): DroppedBy | undefined {
    if (event.kind === 'gate') this.#gate(event);
    return event.kind === 'segment' ? this.#segment(event) : undefined;
  }

  /** The same, to go on from here another way. */
  copy(): DroppedSegments {
    const gates = [...this.#gates].map(([key, { memory, ...gate }]): [string, KnownGate] => [
      key,
      { ...gate, memory: { connections: new Set(memory.connections), sent: new Set(memory.sent) } },
    ]);
    return new DroppedSegments(new Map(gates));
  }

  #gate(event: GateEvent): void {
    const key = keyOf(event);
    const { by, memory } = this.#gates.get(key) ?? {
      by: nameOf(event),
      memory: { connections: new Set<string>(), sent: new Set<string>() },
    };
    this.#gates.set(key, { by, memory, isClosed: event.action === 'closed' });
  }

  #segment({ from, to, segment }: SegmentEvent): DroppedBy | undefined {
    let dropped: DroppedBy | undefined;
    for (const { by, memory } of this.#gates.values())
      if (by.host === from) RULES[by.gate].leaves?.(memory, segment);
    for (const { by, memory, isClosed } of this.#gates.values()) {
      if (by.host !== to || (by.port ?? segment.destination.port) !== segment.destination.port) continue;
      const rule = RULES[by.gate];
      const isMeant = rule.arrives(memory, segment, isClosed);
      if (isMeant && isClosed) dropped ??= by;
      if (dropped === undefined) rule.passed?.(memory, segment);
    }
    return dropped;
  }
}

/** Which segments of a timeline were dropped by a gate, and by which. Pure. */
export function droppedSegments(events: readonly TimelineEvent[]): Map<SegmentEvent, DroppedBy> {
  const reader = new DroppedSegments();
  const dropped = new Map<SegmentEvent, DroppedBy>();
  for (const event of events) {
    const by = reader.next(event);
    if (by !== undefined && event.kind === 'segment') dropped.set(event, by);
  }
  return dropped;
}

function nameOf({ host, gate, port }: DroppedBy): DroppedBy {
  return { host, gate, ...(port === undefined ? {} : { port }) };
}

/** What tells the gates of a run apart, for a map. */
export function keyOf({ host, gate, port }: DroppedBy): string {
  return `${gate} ${port ?? 'any'} ${host}`;
}

const RULES: Readonly<Record<GateName, GateRule>> = {
  syn: { arrives: (_, segment) => isFirstSyn(segment) },
  'syn-ack': { arrives: (_, { flags }) => (flags & (FIN | SYN | RST | ACK)) === (SYN | ACK) },
  'ack-of-syn-ack': {
    arrives({ connections }, segment) {
      if (isFirstSyn(segment)) connections.add(pair(segment));
      return connections.has(pair(segment)) && hasAck(segment);
    },
    passed({ connections }, segment) {
      if (hasAck(segment)) connections.delete(pair(segment));
    },
  },
  data: { arrives: (_, { flags, payload }) => (flags & (SYN | RST)) === 0 && payload.length > 0 },
  fin: { arrives: (_, segment) => isFin(segment) },
  'fin-after-one': {
    arrives({ connections }, segment, isClosed) {
      if (segment.flags & SYN) connections.delete(pair(segment));
      const isMeant = isFin(segment) && connections.has(pair(segment));
      if (isFin(segment) && isClosed) connections.add(pair(segment));
      return isMeant;
    },
  },
  'ack-of-fin': {
    leaves({ connections, sent }, segment) {
      const there = pairBack(segment);
      if (segment.flags & SYN) connections.delete(there);
      if ((segment.flags & (SYN | RST)) === 0 && !connections.has(there)) sent.add(`${there} ${segment.seq}`);
      if (isFin(segment)) connections.add(there);
    },
    arrives({ connections, sent }, segment) {
      const here = pair(segment);
      return connections.has(here) && hasAck(segment) && !sent.has(`${here} ${segment.ack}`);
    },
  },
  rst: { arrives: (_, { flags }) => (flags & RST) !== 0 },
  everything: { arrives: () => true },
  'own-rst': { arrives: () => false },
};

function isFirstSyn({ flags }: Segment): boolean {
  return (flags & (FIN | SYN | RST | ACK)) === SYN;
}

function isFin({ flags }: Segment): boolean {
  return (flags & (FIN | RST)) === FIN;
}

function hasAck({ flags }: Segment): boolean {
  return (flags & (SYN | RST | ACK)) === ACK;
}

/** The ports of a segment that arrives, from the sender's to the receiver's. */
function pair({ source, destination }: Segment): string {
  return `${source.port} ${destination.port}`;
}

/** The ports that the answer to a segment comes with. */
function pairBack({ source, destination }: Segment): string {
  return `${destination.port} ${source.port}`;
}
