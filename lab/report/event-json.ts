import type { SegmentEvent, TimelineEvent } from '../observe/timeline.ts';
import { formatFlags } from '../tcp/flags.ts';
import { formatOptions } from '../tcp/options.ts';

/** A segment as it is saved. `packet` is the truth and all that is read back; `segment` is for whoever reads the file. */
export interface SegmentJson extends Omit<SegmentEvent, 'segment' | 'packet'> {
  readonly segment: {
    /** Address and port. */
    readonly source: readonly [string, number];
    readonly destination: readonly [string, number];
    /** tcpdump's letters. */
    readonly flags: string;
    readonly seq: number;
    readonly ack: number;
    readonly window: number;
    /** As tcpdump lists them. */
    readonly options: string;
    /** Bytes of data. */
    readonly payload: number;
  };
  /** The IP packet, base64. */
  readonly packet: string;
}

export type EventJson = Exclude<TimelineEvent, SegmentEvent> | SegmentJson;

/** An event as JSON can hold it; `parseEvent` is the inverse. */
export function eventToJson(event: TimelineEvent): EventJson {
  if (event.kind !== 'segment') return event;
  const { source, destination, flags, seq, ack, window, options, payload } = event.segment;
  return {
    ...event,
    segment: {
      source: [source.address, source.port],
      destination: [destination.address, destination.port],
      flags: formatFlags(flags),
      seq,
      ack,
      window,
      options: formatOptions(options),
      payload: payload.length,
    },
    packet: Buffer.from(event.packet).toString('base64'),
  };
}
