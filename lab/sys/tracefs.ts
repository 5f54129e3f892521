import { readFileSync } from 'node:fs';

/**
 * What the lab traces. The first makes the changes of state; the second ties a kernel structure to a cookie, without which
 * nothing could be told from another run's. Both must be there, the others need not.
 */
export const TRACEPOINTS = [
  'sock/inet_sock_set_state',
  'tcp/tcp_destroy_sock',
  'tcp/tcp_send_reset',
  'tcp/tcp_receive_reset',
  'tcp/tcp_retransmit_skb',
  'tcp/tcp_retransmit_synack',
] as const;

export const NEEDED_TRACEPOINTS: readonly Tracepoint[] = TRACEPOINTS.slice(0, 2);

export type Tracepoint = (typeof TRACEPOINTS)[number];

/** Where tracefs is mounted: by itself since Linux 4.1, and before that within debugfs. */
const MOUNTS = ['/sys/kernel/tracing', '/sys/kernel/debug/tracing'] as const;

/**
 * What tracefs says about a tracepoint: its number, or the layout of its records. Only
 * read, never written: a change there would outlive us. Documentation/trace/events.rst.
 * @returns undefined where there is no tracefs, no such tracepoint, or no permission; usually only root has it.
 */
export function readTracepoint(tracepoint: Tracepoint, file: 'id' | 'format'): string | undefined {
  for (const mount of MOUNTS) {
    try {
      return readFileSync(`${mount}/events/${tracepoint}/${file}`, 'utf8');
    } catch {
      // Not here; perhaps at the other place.
    }
  }
  return undefined;
}
