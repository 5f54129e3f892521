import { ACK, FIN, RST, SYN } from '../../tcp/flags.ts';
import type { Segment } from '../../tcp/segment.ts';
import { seqAdd, seqAfter, seqBefore } from '../../tcp/sequence.ts';

/** A segment as tshark looks at it. */
export interface Sent extends Pick<Segment, 'seq' | 'ack' | 'flags' | 'window'> {
  /** Bytes of payload on the wire, also those that a capture has cut off. */
  readonly bytes: number;
  /** Nanoseconds since the timeline's start. */
  readonly atNs: number;
}

/** Which kind of segment it is that does not bring the sequence number forward. A segment is of one kind at most. */
export type Repeat = 'retransmission' | 'fast-retransmission' | 'spurious-retransmission' | 'out-of-order';

/** What tshark finds in one segment. The words are those of the Wireshark User's Guide, section 7.5, "TCP Analysis". */
export interface Marks {
  readonly repeat: Repeat | undefined;
  readonly duplicateAck: boolean;
  readonly keepAlive: boolean;
  readonly zeroWindowProbe: boolean;
}

/** What tshark remembers of one direction of a conversation. As in tshark, a number of 0 stands for none yet. */
export interface Flow {
  /** The number to count from: the SYN's, or one less than that of the first segment seen. Undefined before that. */
  base: number | undefined;
  /** The highest number behind a segment so far, and when that segment came. */
  next: number;
  nextNs: number;
  /** The highest number behind a row of segments without a hole. */
  unbroken: number;
  ack: number;
  ackNs: number;
  window: number;
  /** How often the last ACK was repeated; UNSEEN after an ACK of something that was never captured. */
  duplicates: number;
  last: Pick<Marks, 'keepAlive' | 'zeroWindowProbe'>;
}

export function newFlow(): Flow {
  const none = { keepAlive: false, zeroWindowProbe: false };
  return {
    ...{ base: undefined, next: 0, nextNs: 0, unbroken: 0, ack: 0, ackNs: 0, window: -1 },
    ...{ duplicates: 0, last: none },
  };
}

/** tshark keeps the count unsigned, and sets it to -1: more than any count, until the ACK changes or is repeated. */
const UNSEEN = Number.POSITIVE_INFINITY;

/** Duplicate ACKs that make the segment they ask for a fast retransmission, when it comes within so many nanoseconds. */
const FAST_AFTER = 2;
const FAST_NS = 20e6;

/**
 * Marks a segment that goes `forth`, and takes note of it in both directions. The rules are Wireshark's, not RFC 9293's: a segment
 * is held against what was captured before it, whatever the kernels at its ends knew.
 * @param reorderNs a segment that comes so soon behind a higher one is out of order
 */
export function mark(sent: Sent, forth: Flow, back: Flow, reorderNs: number): Marks {
  setBases(sent, forth, back);
  const found = acknowledging(sent, forth, back);
  countAck(sent, forth, back, found.duplicateAck);
  const repeat = found.keepAlive ? undefined : repeatOf(sent, forth, back, reorderNs);
  noteNumbers(sent, forth, found.zeroWindowProbe);
  forth.window = sent.window;
  forth.ack = sent.ack;
  forth.ackNs = sent.atNs;
  forth.last = found;
  return { ...found, repeat };
}

function setBases({ seq, ack, flags }: Sent, forth: Flow, back: Flow): void {
  forth.base ??= flags & SYN ? seq : seqAdd(seq, -1);
  if (flags & ACK) back.base ??= seqAdd(ack, -1);
}

/** What a segment is that says nothing new. A probe, and the answer to one, are no duplicate ACKs. */
function acknowledging(sent: Sent, forth: Flow, back: Flow): Omit<Marks, 'repeat'> {
  const { seq, flags, window, bytes } = sent;
  const isPlain = (flags & (SYN | FIN | RST)) === 0;
  const zeroWindowProbe = bytes === 1 && seq === forth.next && back.window === 0;
  const keepAlive = !zeroWindowProbe && isPlain && bytes <= 1 && seq === seqAdd(forth.next, -1);
  const repeatsAck =
    isPlain && bytes === 0 && seq === forth.next && sent.ack === forth.ack && window === forth.window;
  const duplicateAck = repeatsAck && window > 0 && !back.last.keepAlive;
  return { zeroWindowProbe, keepAlive, duplicateAck };
}

/** Counts how often an ACK is repeated. One of something that was never captured upsets the other end's count. */
function countAck({ ack, flags }: Sent, forth: Flow, back: Flow, isDuplicate: boolean): void {
  if (isDuplicate) forth.duplicates = forth.duplicates === UNSEEN ? 1 : forth.duplicates + 1;
  if (ack !== forth.ack) forth.duplicates = 0;
  if (!(flags & ACK) || back.unbroken === 0 || !seqAfter(ack, back.unbroken)) return;
  if (seqBefore(back.unbroken, back.next)) back.unbroken = back.next;
  else back.duplicates = UNSEEN;
}

/** Which repeat a segment is: it has bytes, a SYN or a FIN, and does not go beyond the highest number. */
function repeatOf(sent: Sent, forth: Flow, back: Flow, reorderNs: number): Repeat | undefined {
  const { seq, flags, bytes, atNs } = sent;
  const counts = flags & (SYN | FIN) ? 1 : 0;
  if (bytes === 0 && counts === 0) return undefined;
  if (bytes > 0 && back.ack !== 0 && !seqAfter(seqAdd(seq, bytes), back.ack))
    return 'spurious-retransmission';
  // One byte before the next number may be a probe of a closed window, which more bytes now follow.
  const isBehind = forth.next !== 0 && seqBefore(seq, forth.next);
  if (!isBehind || (bytes > 1 && seq === seqAdd(forth.next, -1))) return undefined;
  if (back.duplicates >= FAST_AFTER && back.ack === seq && atNs - back.ackNs < FAST_NS)
    return 'fast-retransmission';
  const isLatest = forth.next === seqAdd(seq, bytes + counts);
  return !isLatest && atNs - forth.nextNs < reorderNs ? 'out-of-order' : 'retransmission';
}

/** Moves the numbers of this direction on. A probe of a closed window does not move them. */
function noteNumbers({ seq, flags, bytes, atNs }: Sent, forth: Flow, isProbe: boolean): void {
  if (isProbe) return;
  const behind = seqAdd(seq, bytes + (flags & (SYN | FIN) ? 1 : 0));
  if (forth.next === 0 || seqAfter(behind, forth.next)) {
    forth.next = behind;
    forth.nextNs = atNs;
  }
  if (forth.unbroken === 0 || seq === forth.unbroken) forth.unbroken = forth.next;
}
