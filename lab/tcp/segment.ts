import type { Endpoint } from './address.ts';
import { ACK, FIN, formatFlags, RST, SYN, URG } from './flags.ts';
import { formatOptions, type Option } from './options.ts';
import { seqAdd } from './sequence.ts';

/** A TCP segment and the addresses it travels between (RFC 9293 section 3.1). */
export interface Segment {
  readonly source: Endpoint;
  readonly destination: Endpoint;
  /** Sequence number of the first byte, or of the SYN; mod 2^32. */
  readonly seq: number;
  /** Acknowledgment number, mod 2^32; means something only when ACK is set. */
  readonly ack: number;
  /** A mask of the bits in `flags.ts`. */
  readonly flags: number;
  /** As on the wire, 16 bits, not scaled. */
  readonly window: number;
  /** Offset of the urgent data's end from `seq`, 16 bits; means something only when URG is set. */
  readonly urgent: number;
  readonly options: readonly Option[];
  readonly payload: Uint8Array;
}

/** SEG.LEN, the sequence numbers a segment takes up: its bytes, one for SYN, one for FIN (section 3.4). */
export function segmentLength(segment: Pick<Segment, 'flags' | 'payload'>): number {
  return segment.payload.length + (segment.flags & SYN ? 1 : 0) + (segment.flags & FIN ? 1 : 0);
}

/** The sequence number behind a segment, SEG.SEQ + SEG.LEN mod 2^32: the ACK number that acknowledges all of it (section 3.4). */
export function segmentEnd(segment: Pick<Segment, 'seq' | 'flags' | 'payload'>): number {
  return seqAdd(segment.seq, segmentLength(segment));
}

/**
 * A segment in one line like tcpdump's, without addresses: `S seq 100 win 64240 <mss 1460,sackOK>`,
 * `. ack 1`, `P. seq 1:6 ack 1 len 5`. Said only when it means something: seq when the segment takes up
 * sequence numbers or is an RST, ack with ACK, the window with SYN or when it is closed, timestamps with SYN
 * (`formatOptions` lists them always).
 * @param relativeTo what `seq` and `ack` (and SACK blocks, like `ack`) are counted from, mod 2^32
 */
export function describeSegment(segment: Segment, relativeTo = { seq: 0, ack: 0 }): string {
  const { flags, payload, window } = segment;
  const seq = seqAdd(segment.seq, -relativeTo.seq);
  const words = [formatFlags(flags)];
  if (payload.length > 0) words.push(`seq ${seq}:${seqAdd(seq, payload.length)}`);
  else if (flags & (SYN | FIN | RST)) words.push(`seq ${seq}`);
  if (flags & ACK) words.push(`ack ${seqAdd(segment.ack, -relativeTo.ack)}`);
  if (flags & SYN || (window === 0 && !(flags & RST))) words.push(`win ${window}`);
  if (flags & URG) words.push(`urg ${segment.urgent}`);
  const telling = segment.options.filter(({ kind }) => flags & SYN || kind !== 'timestamps');
  const options = formatOptions(telling, relativeTo.ack);
  if (options !== '') words.push(`<${options}>`);
  if (payload.length > 0) words.push(`len ${payload.length}`);
  return words.join(' ');
}
