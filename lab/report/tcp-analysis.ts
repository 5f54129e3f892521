import type { SegmentEvent, TimelineData } from '../observe/timeline.ts';
import { RST } from '../tcp/flags.ts';
import { type Conversation, Conversations } from './tshark/conversations.ts';
import type { Marks, Sent } from './tshark/flow.ts';

/** What there is to say of one segment of a capture. */
export interface AnalysedSegment extends Marks {
  readonly event: SegmentEvent;
  readonly reset: boolean;
  /** Which conversation it belongs to, counted from 0 in the order in which they began. */
  readonly stream: number;
  /** `tcp.completeness` of that conversation, as tshark shows it beside this segment when it has read the capture twice. */
  readonly completeness: number;
}

/** A segment as tshark would find it in the capture. */
export function asSent({ segment, atMs, length, packet }: SegmentEvent): Sent {
  const { seq, ack, flags, window, payload } = segment;
  return {
    ...{ seq, ack, flags, window },
    bytes: payload.length + length - packet.length,
    atNs: Math.round(atMs * 1e6),
  };
}

/**
 * Retransmissions, duplicate ACKs and the completeness of each conversation, by Wireshark's rules: what `tshark -2` says of the
 * capture file that `toPcapng` writes, segment by segment. Pure.
 */
export function analyseTcp({ header, events }: TimelineData): AnalysedSegment[] {
  const hosts = new Set(header.hosts.map(({ name }) => name));
  const conversations = new Conversations();
  const streams = new Map<Conversation, number>();
  const found = events.flatMap((event) => {
    if (event.kind !== 'segment' || !hosts.has(event.to)) return [];
    const { conversation, marks } = conversations.next(event.segment, asSent(event));
    const isFirst = !streams.has(conversation);
    if (isFirst) streams.set(conversation, streams.size);
    return [{ event, marks, conversation, isFirst, stream: streams.get(conversation) ?? 0 }];
  });
  return found.map(({ event, marks, conversation: { completeness, late }, isFirst, stream }) => ({
    ...marks,
    event,
    stream,
    reset: (event.segment.flags & RST) !== 0,
    completeness: completeness | (isFirst ? 0 : late),
  }));
}
