import { libcClockGettime } from './libc.ts';

const CLOCK_REALTIME = 0;

/** Now on CLOCK_MONOTONIC, in nanoseconds. Node's own high-resolution time is this clock. */
export function monotonicNs(): bigint {
  return process.hrtime.bigint();
}

const timespec = Buffer.alloc(16);

/** Now on CLOCK_REALTIME, in nanoseconds since 1970; `Date.now()` has milliseconds only. clock_gettime(2). */
export function realtimeNs(): bigint {
  libcClockGettime(CLOCK_REALTIME, timespec);
  return timespec.readBigInt64LE(0) * 1_000_000_000n + timespec.readBigInt64LE(8);
}

const READINGS = 8;
const STEP_NS = 1_000_000n;
let offsetNs: bigint | undefined;

/**
 * What to add to a time on CLOCK_REALTIME to have it on CLOCK_MONOTONIC, in nanoseconds. Both clocks run at one speed, so
 * the number stays the same, and times keep their order, until somebody sets the clock by more than a millisecond.
 */
export function realtimeToMonotonicNs(): bigint {
  offsetNs ??= measureOffset();
  if (hasMoved(monotonicNs() - realtimeNs(), offsetNs)) {
    const careful = measureOffset();
    if (hasMoved(careful, offsetNs)) offsetNs = careful;
  }
  return offsetNs;
}

function hasMoved(now: bigint, before: bigint): boolean {
  return now - before > STEP_NS || before - now > STEP_NS;
}

/** The clocks are read one after the other; of several readings the one that was least interrupted counts. */
function measureOffset(): bigint {
  let best = { gap: 1n << 62n, offset: 0n };
  for (let n = 0; n < READINGS; n++) {
    const before = monotonicNs();
    const realtime = realtimeNs();
    const gap = monotonicNs() - before;
    if (gap < best.gap) best = { gap, offset: before + gap / 2n - realtime };
  }
  return best.offset;
}
