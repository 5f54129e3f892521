/** When a kernel sends its SYN, and when it gives up: milliseconds since the first SYN. */
export interface SynSchedule {
  readonly sendsMs: readonly number[];
  readonly givesUpMs: number;
}

/** The first timeout, and the unit of all others: RFC 6298, section 2.1; TCP_TIMEOUT_INIT in Linux. */
const FIRST_MS = 1_000;

/**
 * What two sysctls imply, as tcp_retransmit_timer() and tcp_write_timeout() in net/ipv4/tcp_timer.c do it. The first `linear`
 * retransmissions follow each other after one second; then each wait is twice the one before. The kernel gives up at the first
 * timeout at which it has sent `retries + linear` retransmissions, or at which as much time has passed as `retries` doubling
 * waits take: (2^(retries + 1) - 1) seconds. In practice it is the time that counts.
 * @param retries tcp_syn_retries
 * @param linear tcp_syn_linear_timeouts; 0 for kernels before 6.5, which have none
 */
export function synSchedule(retries: number, linear: number): SynSchedule {
  const longEnoughMs = (2 ** (retries + 1) - 1) * FIRST_MS;
  const sendsMs = [0];
  let waitMs = FIRST_MS;
  for (let atMs = waitMs; ; atMs += waitMs) {
    const again = sendsMs.length - 1;
    if (again >= retries + linear || atMs >= longEnoughMs) return { sendsMs, givesUpMs: atMs };
    sendsMs.push(atMs);
    if (again >= linear) waitMs *= 2;
  }
}
