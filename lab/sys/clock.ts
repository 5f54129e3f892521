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
