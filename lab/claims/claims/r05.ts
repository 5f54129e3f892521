import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { claim, settledBy, shown } from '../claim.ts';
import { opened, resetOf, timeOf } from '../ends.ts';
import { quoteSegments } from '../quote.ts';
import { OLD_DUPLICATES } from '../runs/exercises.ts';
import { ORDERS, RESET_BY_NUMBER } from '../runs/reset-by-number.ts';

export const r05 = claim({
  id: 'R5',
  exercises: [25],
  text: {
    en: 'A segment for a closed connection earns RST',
    zh: '发往已关闭连接的报文段会得到 RST',
  },
  runs: { forgotten: RESET_BY_NUMBER, remembered: OLD_DUPLICATES },
  settle({ forgotten, remembered }) {
    const { evidence } = forgotten;
    const connection = opened(forgotten);
    const afterMs = timeOf(forgotten, ORDERS.data);
    const data = shown(
      segmentsOf(connection, { from: 'client', payload: 'some', afterMs })[0],
      'no data came after the end',
    );
    const answer = segmentsOf(connection, { from: 'server', has: 'R', afterMs: data.atMs })[0];
    const again = resetOf(connection, 'client', timeOf(forgotten, ORDERS.again));
    const silence = evidence.segments({ from: 'server', afterMs: again.atMs });

    const before = opened(remembered);
    const [, repeated] = segmentsOf(before, { from: 'client', payload: 'some' });
    const late = shown(repeated, 'no data came late');
    const acknowledged = segmentsOf(before, { from: 'server', afterMs: late.atMs })[0];
    return settledBy(
      [
        answer !== undefined,
        silence.some(({ segment }) => segment.ack === again.segment.seq),
        segmentsOf(before, { from: 'server', has: 'R', afterMs: late.atMs }).length > 0,
      ],
      {
        depends: {
          en: 'On whether the kernel has forgotten it, and on the segment. Data for a connection of which nothing is left earn RST; an RST earns nothing, or two hosts could go on for ever. While TIME_WAIT remembers the connection, data earn an ACK.',
          zh: '取决于内核是否已经忘掉这个连接，以及来的是什么。连接已毫无痕迹时，数据会得到 RST；RST 本身则得不到任何回应，否则两台主机会没完没了。只要 TIME_WAIT 还记得它，数据得到的是 ACK。',
        },
      },
      [...quoteSegments(forgotten, data, answer, again), ...quoteSegments(remembered, late, acknowledged)],
    );
  },
});
