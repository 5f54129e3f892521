import type { SocketRecord } from '../../observe/sock-diag.ts';
import type { SegmentEvent } from '../../observe/timeline.ts';
import { FIN, SYN } from '../../tcp/flags.ts';

/** A timer's time is told in whole ticks, of up to 10 ms. */
const TICK_MS = 10;

/**
 * Whether a socket's retransmission timer can have sent anything by itself: `due` when it was to go off before the end, `quiet` when
 * it runs for the first time and was not; of a socket whose timer does not run now nothing is known, as it may have run before.
 */
export function timerOf(before: SocketRecord | undefined, elapsedMs: number): 'due' | 'quiet' | 'unknown' {
  if (before?.timer !== 'retransmit') return 'unknown';
  return before.retransmits > 0 || elapsedMs >= before.timerMs - TICK_MS ? 'due' : 'quiet';
}

/**
 * Whether what arrived has brought the timer forward: it is about to go off, or has gone off, long before its time. Of a half-open
 * request (it has no inode) this cannot be said: there `retransmits` also counts SYN+ACKs that are answers.
 */
export function isHastened(
  before: SocketRecord | undefined,
  now: SocketRecord | undefined,
  elapsedMs: number,
): boolean {
  if (before?.timer !== 'retransmit' || now?.timer !== 'retransmit') return false;
  if (before.cookie !== now.cookie || now.inode === 0) return false;
  return now.retransmits > before.retransmits || now.timerMs < before.timerMs - elapsedMs - 2 * TICK_MS;
}

/** Those of some segments that are a SYN or FIN which is among `all` earlier: what a timer sends again. */
export function repeatsAmong(some: readonly SegmentEvent[], all: readonly SegmentEvent[]): SegmentEvent[] {
  return some.filter(({ segment: { flags, seq }, atMs }) => {
    if ((flags & (SYN | FIN)) === 0) return false;
    return all.some(
      ({ segment, atMs: earlierMs }) => earlierMs < atMs && segment.flags === flags && segment.seq === seq,
    );
  });
}
