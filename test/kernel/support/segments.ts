import type { ObservedHost } from '../../../lab/observe/observation.ts';
import type { TimelineEvent } from '../../../lab/observe/timeline.ts';
import { matchesSegment, type SegmentPattern } from '../../../lab/tcp/pattern.ts';
import type { Segment } from '../../../lab/tcp/segment.ts';
import type { Pair } from './pair.ts';

/** The segments that have arrived at a host until now and fit `pattern`, oldest first. */
export function arrived(pair: Pair, at: ObservedHost, pattern: SegmentPattern = {}): Segment[] {
  // Namespaces are looked at in this process: the look is in the timeline when this call returns.
  void pair.observation.look();
  return pair.observation.recorder.events
    .filter((event: TimelineEvent) => event.kind === 'segment')
    .filter((event) => event.to === at.host.name && matchesSegment(pattern, event.segment))
    .map(({ segment }) => segment);
}
