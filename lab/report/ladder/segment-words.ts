import type { SegmentEvent } from '../../observe/timeline.ts';
import { ACK, FIN, FLAGS, RST, SYN } from '../../tcp/flags.ts';
import { describeSegment } from '../../tcp/segment.ts';
import { seqAdd } from '../../tcp/sequence.ts';

/** What a ladder says of a segment's numbers. */
export interface Numbers {
  /** `SYN+ACK`. */
  readonly flags: string;
  /** Counted from each side's SYN. `ack` only with ACK. */
  readonly relative: Pair;
  /** As on the wire. */
  readonly absolute: Pair;
  /** Bytes of data on the wire. */
  readonly length: number;
  /** It takes up sequence numbers, or is an RST: its own number matters. */
  readonly isCounted: boolean;
  readonly isWindowClosed: boolean;
  /** All there is to know, in tcpdump's words. */
  readonly detail: string;
}

interface Pair {
  readonly seq: number;
  readonly ack?: number;
}

/** The names of the flags that are set, `none` when there are none. */
function flagNames(mask: number): string {
  const names = FLAGS.filter(({ bit }) => mask & bit).map(({ name }) => name);
  return names.join('+') || 'none';
}

export function segmentNumbers(event: SegmentEvent, relativeTo: { seq: number; ack: number }): Numbers {
  const { segment, packet } = event;
  const { flags, seq, ack, window } = segment;
  const length = segment.payload.length + event.length - packet.length;
  const hasAck = (flags & ACK) !== 0;
  return {
    flags: flagNames(flags),
    relative: {
      seq: seqAdd(seq, -relativeTo.seq),
      ...(hasAck ? { ack: seqAdd(ack, -relativeTo.ack) } : {}),
    },
    absolute: { seq, ...(hasAck ? { ack } : {}) },
    length,
    isCounted: length > 0 || (flags & (SYN | FIN | RST)) !== 0,
    isWindowClosed: window === 0 && (flags & RST) === 0,
    detail: describeSegment(segment, relativeTo),
  };
}

/** `FIN+ACK seq 1 ack 1`, `PSH+ACK seq 1 ack 1 len 5`: flags, numbers and length in a line. */
export function segmentWords(numbers: Numbers, isAbsolute = false): string {
  const { seq, ack } = isAbsolute ? numbers.absolute : numbers.relative;
  return [
    numbers.flags,
    ...(numbers.isCounted || isAbsolute ? [`seq ${seq}`] : []),
    ...(ack === undefined ? [] : [`ack ${ack}`]),
    ...(numbers.length > 0 ? [`len ${numbers.length}`] : []),
    ...(numbers.isWindowClosed ? ['win 0'] : []),
  ].join(' ');
}
