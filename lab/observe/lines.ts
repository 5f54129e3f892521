import { describeSegment } from '../tcp/segment.ts';
import type { SegmentEvent, TraceEvent } from './timeline.ts';
import type { Traced } from './trace-hit.ts';

/**
 * A segment in one line: when, from whom to whom, which ports, and tcpdump's words.
 * @param relativeTo what its sequence numbers are counted from, mod 2^32
 */
export function segmentLine(event: SegmentEvent, relativeTo = { seq: 0, ack: 0 }): string {
  const { source, destination } = event.segment;
  return (
    `${event.atMs.toFixed(1).padStart(7)} ms  ${event.from} → ${event.to}  ` +
    `${source.port} → ${destination.port}  ${describeSegment(event.segment, relativeTo)}`
  );
}

/** What a tracepoint told, in one line: when, on which host, between which ports. */
export function traceLine(event: TraceEvent): string {
  const ports = `${event.local.port} ↔ ${event.remote.port}`;
  return `${event.atMs.toFixed(3).padStart(9)} ms  ${event.host}  ${ports}  ${tracedWords(event)}`;
}

/** What a tracepoint told, in words. */
export function tracedWords(traced: Traced): string {
  switch (traced.tracepoint) {
    case 'inet_sock_set_state':
      return `${traced.from} → ${traced.to}`;
    case 'tcp_send_reset':
      return traced.reason === undefined ? 'sends a reset' : `sends a reset: ${traced.reason}`;
    case 'tcp_receive_reset':
      return 'receives a reset';
    case 'tcp_retransmit_skb':
      return 'sends a segment again';
    case 'tcp_retransmit_synack':
      return 'sends its SYN-ACK again';
  }
}
