import type { Connection } from '../../exercise/judge/connection.ts';
import type { SegmentEvent } from '../../observe/timeline.ts';
import { claim, settledBy } from '../claim.ts';
import { ackOf, finOf, opened } from '../ends.ts';
import { quoteSegments } from '../quote.ts';
import { HALF_CLOSE, THREE_SEGMENT_CLOSE } from '../runs/exercises.ts';

export const c12 = claim({
  id: 'C12',
  exercises: [9, 16],
  text: {
    en: 'Closing takes four segments because ACK and FIN are sent apart',
    zh: '关闭连接需要四个报文段，因为 ACK 与 FIN 是分开发送的',
  },
  runs: { later: HALF_CLOSE, atOnce: THREE_SEGMENT_CLOSE },
  settle({ later, atOnce }) {
    const { evidence, plan } = atOnce;
    const slow = closeOf(opened(later));
    const quick = evidence.connections({ from: 'client', port: plan.port }).map(closeOf);
    const shortest = quick.toSorted((a, b) => a.length - b.length)[0] ?? [];
    return settledBy(
      [slow.length === 4, shortest.length === 4],
      {
        depends: {
          en: 'On when the other program closes. A kernel holds the ACK of a FIN back for up to some 40 ms; a program that closes within that time has its FIN sent along, and the close takes three segments. Only when it closes later there are four.',
          zh: '取决于对方程序何时关闭。内核可以把对 FIN 的 ACK 推迟 40 毫秒左右；程序若在这段时间内关闭，它的 FIN 就与 ACK 合在一起，总共三个报文段。只有关得更晚，才是四个。',
        },
      },
      [...quoteSegments(later, ...slow), ...quoteSegments(atOnce, ...shortest)],
    );
  },
});

/** The segments of a close that the client began: its FIN, what acknowledges that, the other FIN, and what acknowledges it. */
function closeOf(connection: Connection): SegmentEvent[] {
  const [first, second] = [finOf(connection, 'client'), finOf(connection, 'server')];
  return [...new Set([first, ackOf(connection, first), second, ackOf(connection, second)])];
}
