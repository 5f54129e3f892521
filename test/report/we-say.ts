import type { TimelineData } from '../../lab/observe/timeline.ts';
import { analyseTcp } from '../../lab/report/tcp-analysis.ts';
import type { Said } from './tshark.ts';

const REPEATS = {
  retransmission: ['retransmission'],
  'fast-retransmission': ['retransmission', 'fast_retransmission'],
  'spurious-retransmission': ['retransmission', 'spurious_retransmission'],
  'out-of-order': ['out_of_order'],
} as const;

/** What the lab says of each segment of a timeline, in tshark's words. */
export function weSay(timeline: TimelineData): Said[] {
  return analyseTcp(timeline).map(
    ({ repeat, duplicateAck, keepAlive, zeroWindowProbe, reset, stream, completeness }) => ({
      flags: [
        ...(repeat === undefined ? [] : REPEATS[repeat]),
        ...(duplicateAck ? ['duplicate_ack'] : []),
        ...(keepAlive ? ['keep_alive'] : []),
        ...(zeroWindowProbe ? ['zero_window_probe'] : []),
      ],
      reset,
      stream,
      completeness,
    }),
  );
}
