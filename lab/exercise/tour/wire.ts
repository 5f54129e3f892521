import type { SegmentEvent } from '../../observe/timeline.ts';
import type { Endpoint } from '../../tcp/address.ts';
import { describePattern, matchesSegment, type SegmentPattern } from '../../tcp/pattern.ts';
import { segmentEnd } from '../../tcp/segment.ts';

/** A segment that one of the two hosts sent; flags in tcpdump's notation, `?` after a letter that does not matter. */
export interface Sent {
  readonly by: 'client' | 'server';
  readonly flags: string;
  /** It must acknowledge everything the other end had sent until then, as far as this list has named it. */
  readonly acknowledges?: boolean;
}

/** Why a state is the right one: what must have been on the wire, in this order, and what must not have been. */
export interface WireReason {
  readonly saw: readonly Sent[];
  readonly never: readonly Sent[];
}

/**
 * Holds the segments of one connection against a reason. Between the named segments others may pass, unless forbidden.
 * @returns what is wrong, a sentence each; nothing when the reason holds.
 */
export function judgeWire(reason: WireReason, segments: readonly SegmentEvent[]): string[] {
  const wrong: string[] = [];
  const end: Record<Sent['by'], number | undefined> = { client: undefined, server: undefined };
  let next = 0;
  for (const event of segments) {
    const forbidden = reason.never.find((sent) => fits(sent, event));
    if (forbidden !== undefined) wrong.push(`the ${forbidden.by} sent ${words(forbidden)} and must not have`);
    const wanted = reason.saw[next];
    if (wanted === undefined || !fits(wanted, event)) continue;
    const other = wanted.by === 'client' ? 'server' : 'client';
    if (wanted.acknowledges === true && event.segment.ack !== end[other]) {
      wrong.push(`the ${wanted.by}'s ${words(wanted)} acknowledges ${event.segment.ack}, not ${end[other]}`);
    }
    end[wanted.by] = segmentEnd(event.segment);
    next += 1;
  }
  for (const missing of reason.saw.slice(next)) wrong.push(`the ${missing.by} never sent ${words(missing)}`);
  return wrong;
}

/** The segments between two ports, in either direction, that arrived in [fromMs, toMs]. */
export function between(
  events: readonly { readonly kind: string }[],
  a: Pick<Endpoint, 'port'>,
  b: Pick<Endpoint, 'port'> | undefined,
  fromMs: number,
  toMs: number,
): SegmentEvent[] {
  return (events as readonly SegmentEvent[]).filter(({ kind, atMs, segment }) => {
    if (kind !== 'segment' || atMs < fromMs || atMs > toMs) return false;
    const ports = [segment.source.port, segment.destination.port];
    return ports.includes(a.port) && (b === undefined || ports.includes(b.port));
  });
}

function fits(sent: Sent, event: SegmentEvent): boolean {
  return event.from === sent.by && matchesSegment(pattern(sent), event.segment);
}

function words(sent: Sent): string {
  return describePattern(pattern(sent));
}

function pattern(sent: Sent): SegmentPattern {
  return { flags: sent.flags };
}
