import type { SegmentEvent } from '../../observe/timeline.ts';
import type { Answer, Numbers } from '../../tcp/arrivals.ts';
import { ACK, FIN, RST, SYN } from '../../tcp/flags.ts';
import type { Segment } from '../../tcp/segment.ts';
import { seqAfter } from '../../tcp/sequence.ts';

/** What the kernel counts of its own accord, and what makes an ACK a challenge. */
export const CHALLENGES = 'TCPChallengeACK';

/**
 * Says what kind of answer a segment is.
 * @param before the connection's numbers before what is answered arrived
 * @param challenged the kernel has counted a challenge ACK since then
 */
export function answerOf(segment: Segment, before: Numbers, arrived: Segment, challenged: boolean): Answer {
  const { flags, payload } = segment;
  if (flags & RST) return 'RST';
  if (flags & SYN) return flags & ACK ? 'SYN+ACK' : 'SYN';
  if (flags & FIN) return 'FIN';
  if (payload.length > 0) return 'data';
  if (challenged) return 'challenge ACK';
  if (!seqAfter(segment.ack, before.receiveNext)) return 'ACK';
  if (arrived.flags & FIN) return 'ACK of FIN';
  return arrived.payload.length > 0 ? 'ACK of data' : 'ACK';
}

/** The kernel's answer from the segments it sent; several at once are joined. */
export function joinedAnswer(
  answers: readonly SegmentEvent[],
  before: Numbers,
  arrived: Segment,
  challenged: boolean,
): string {
  if (answers.length === 0) return 'nothing';
  return answers.map(({ segment }) => answerOf(segment, before, arrived, challenged)).join(', ');
}
