import { describeSegment } from '../tcp/segment.ts';
import type { SegmentEvent } from './timeline.ts';

/** A segment in one line: when, from whom to whom, which ports, and tcpdump's words. */
export function segmentLine(event: SegmentEvent): string {
  const { source, destination } = event.segment;
  return (
    `${event.atMs.toFixed(1).padStart(7)} ms  ${event.from} → ${event.to}  ` +
    `${source.port} → ${destination.port}  ${describeSegment(event.segment)}`
  );
}
