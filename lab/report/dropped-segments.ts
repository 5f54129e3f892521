import type { GateName } from '../gate/kinds.ts';
import type { GateEvent, SegmentEvent, TimelineEvent } from '../observe/timeline.ts';
import { ACK, FIN, RST, SYN } from '../tcp/flags.ts';
import type { Segment } from '../tcp/segment.ts';

/** Tells whether a closed gate drops an arriving segment. It is shown every segment from the moment the gate was made. */
interface GateRule {
  /** A segment arrives at the gate's host. @returns whether the gate drops it, or would if it were closed. */
  arrives(segment: Segment, isClosed: boolean): boolean;
  /** The gate has let that segment pass. */
  passed?(segment: Segment): void;
  /** The gate's host has sent a segment. */
  leaves?(segment: Segment): void;
}

/** A gate, as its events name it. */
export type DroppedBy = Pick<GateEvent, 'host' | 'gate' | 'port'>;

interface KnownGate {
  readonly by: DroppedBy;
  readonly rule: GateRule;
  readonly isClosed: boolean;
}

/**
 * Which segments were dropped by a gate, and by which: the rules of lab/gate/kinds.ts once more, on the segments of the
 * timeline. A tap sees a segment before the gate does, so nothing in the segment itself tells. What a gate drops at a host's way
 * out was never on the wire. Pure.
 */
export function droppedSegments(events: readonly TimelineEvent[]): Map<SegmentEvent, DroppedBy> {
  const gates = new Map<string, KnownGate>();
  const dropped = new Map<SegmentEvent, DroppedBy>();
  for (const event of events) {
    if (event.kind === 'gate') {
      const known = gates.get(keyOf(event)) ?? { by: nameOf(event), rule: RULES[event.gate]() };
      gates.set(keyOf(event), { ...known, isClosed: event.action === 'closed' });
    }
    if (event.kind !== 'segment') continue;
    const { from, to, segment } = event;
    for (const { by, rule } of gates.values()) if (by.host === from) rule.leaves?.(segment);
    for (const { by, rule, isClosed } of gates.values()) {
      if (by.host !== to || (by.port ?? segment.destination.port) !== segment.destination.port) continue;
      const isMeant = rule.arrives(segment, isClosed);
      if (isMeant && isClosed && !dropped.has(event)) dropped.set(event, by);
      if (!dropped.has(event)) rule.passed?.(segment);
    }
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

const RULES: Readonly<Record<GateName, () => GateRule>> = {
  syn: () => ({ arrives: isFirstSyn }),
  'syn-ack': () => ({ arrives: ({ flags }) => (flags & (FIN | SYN | RST | ACK)) === (SYN | ACK) }),
  'ack-of-syn-ack': ackOfSynAck,
  data: () => ({ arrives: ({ flags, payload }) => (flags & (SYN | RST)) === 0 && payload.length > 0 }),
  fin: () => ({ arrives: isFin }),
  'fin-after-one': finAfterOne,
  'ack-of-fin': ackOfFin,
  rst: () => ({ arrives: ({ flags }) => (flags & RST) !== 0 }),
  everything: () => ({ arrives: () => true }),
  'own-rst': () => ({ arrives: () => false }),
};

function ackOfSynAck(): GateRule {
  const opening = new Set<string>();
  return {
    arrives(segment) {
      if (isFirstSyn(segment)) opening.add(pair(segment));
      return opening.has(pair(segment)) && hasAck(segment);
    },
    passed(segment) {
      if (hasAck(segment)) opening.delete(pair(segment));
    },
  };
}

function finAfterOne(): GateRule {
  const passed = new Set<string>();
  return {
    arrives(segment, isClosed) {
      if (segment.flags & SYN) passed.delete(pair(segment));
      const isMeant = isFin(segment) && passed.has(pair(segment));
      if (isFin(segment) && isClosed) passed.add(pair(segment));
      return isMeant;
    },
  };
}

function ackOfFin(): GateRule {
  const finished = new Set<string>();
  const sent = new Set<string>();
  return {
    leaves(segment) {
      const there = pairBack(segment);
      if (segment.flags & SYN) finished.delete(there);
      if ((segment.flags & (SYN | RST)) === 0 && !finished.has(there)) sent.add(`${there} ${segment.seq}`);
      if (isFin(segment)) finished.add(there);
    },
    arrives(segment) {
      const here = pair(segment);
      return finished.has(here) && hasAck(segment) && !sent.has(`${here} ${segment.ack}`);
    },
  };
}

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
