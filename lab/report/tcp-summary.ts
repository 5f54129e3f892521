import type { TimelineData } from '../observe/timeline.ts';
import { type AnalysedSegment, analyseTcp } from './tcp-analysis.ts';
import { COMPLETENESS } from './tshark/conversations.ts';

/**
 * What was on the wire, in a few lines: how many segments were sent again, and what was seen of how many connections. The
 * numbers are those that Wireshark and `tshark -2` show for the same capture. Nothing when there were no segments.
 */
export function tcpSummary(timeline: TimelineData): string[] {
  const segments = analyseTcp(timeline);
  if (segments.length === 0) return [];
  const again = segments.filter(({ repeat }) => repeat !== undefined && repeat !== 'out-of-order').length;
  const duplicates = segments.filter(({ duplicateAck }) => duplicateAck).length;
  const resets = segments.filter(({ reset }) => reset).length;
  const counts = [
    plural(again, 'retransmission'),
    plural(duplicates, 'duplicate ACK'),
    plural(resets, 'reset'),
  ];
  return [`${plural(segments.length, 'segment')}: ${counts.join(', ')}`, ...connections(segments)];
}

/** Which kinds of segments were captured of a connection, in words, for a value of `tcp.completeness`. */
function completenessWords(value: number): string {
  const parts = Object.entries(COMPLETENESS).flatMap(([word, bit]) => (value & bit ? [word] : []));
  return parts.length === 0 ? 'no beginning' : parts.join(', ');
}

/** A line for each value of `tcp.completeness`, the most frequent first. */
function connections(segments: readonly AnalysedSegment[]): string[] {
  const byStream = new Map(segments.map(({ stream, completeness }) => [stream, completeness]));
  const counts = new Map<number, number>();
  for (const value of byStream.values()) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || b - a)
    .map(
      ([value, count]) =>
        `${plural(count, 'connection')} with ${completenessWords(value)} (tcp.completeness ${value})`,
    );
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
