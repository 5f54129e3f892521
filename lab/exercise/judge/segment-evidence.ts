import { segmentLine } from '../../observe/lines.ts';
import type { SegmentEvent } from '../../observe/timeline.ts';
import type { EvidenceLine } from '../result.ts';
import { countedFrom } from './connection.ts';
import type { Evidence } from './evidence.ts';

/** A segment as a line of evidence: its numbers counted from each side's SYN. */
export function segmentEvidence(
  evidence: Evidence,
  event: SegmentEvent,
): EvidenceLine & { readonly kind: 'segment' } {
  return {
    kind: 'segment',
    host: event.to,
    // The values of timestamps say little to a reader; that there are any does.
    text: segmentLine(event, countedFrom(evidence.connectionOf(event), event))
      .trim()
      .replace(/\bTS \d+:\d+/, 'TS'),
  };
}
