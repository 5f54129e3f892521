import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { segmentEnd } from '../../tcp/segment.ts';
import { claim, settledBy, shown } from '../claim.ts';
import { finOf, opened, socketOf, stayOf } from '../ends.ts';
import { quoteLives, quoteSegments } from '../quote.ts';
import { LOST_LAST_ACK } from '../runs/lost-last-ack.ts';

export const t02 = claim({
  id: 'T2',
  exercises: [17],
  text: {
    en: 'If the last ACK is lost the FIN is sent again and is acknowledged from TIME_WAIT',
    zh: '如果最后一个 ACK 丢失，对方会重发 FIN，处于 TIME_WAIT 的一方再次确认',
  },
  runs: { lost: LOST_LAST_ACK },
  settle({ lost }) {
    const connection = opened(lost);
    const life = socketOf(lost, connection, 'client');
    const waits = stayOf(life, 'TIME_WAIT');
    const fins = segmentsOf(connection, { from: 'server', has: 'F' });
    const first = finOf(connection, 'server');
    const repeated = fins.slice(1).find(({ atMs }) => atMs >= waits.fromMs && atMs <= waits.toMs);
    const again = shown(repeated, 'no FIN came again while TIME_WAIT was seen');
    const acks = { from: 'client', has: '.', ack: segmentEnd(first.segment) };
    const [last] = segmentsOf(connection, { ...acks, afterMs: first.atMs });
    const nextMs = fins[fins.indexOf(again) + 1]?.atMs ?? lost.evidence.endMs;
    const [answer] = segmentsOf(connection, { ...acks, afterMs: again.atMs, beforeMs: nextMs });
    return settledBy(
      answer !== undefined,
      {
        true: {
          en: 'The lab kept the ACK from the server, whose kernel sent the FIN again after its timeout; the client’s TIME_WAIT acknowledged each one. No program was needed for that: TIME_WAIT belongs to none.',
          zh: '实验室拦住了 ACK，服务器的内核超时后重发 FIN，客户端在 TIME_WAIT 里逐个确认。这不需要任何程序：TIME_WAIT 不属于任何进程。',
        },
      },
      [...quoteSegments(lost, first, last, again, answer), ...quoteLives(life)],
    );
  },
});
