import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { claim, settledBy, shown } from '../claim.ts';
import { ackOf, finOf, opened, socketOf, stayOf } from '../ends.ts';
import { quoteLives, quoteSegments } from '../quote.ts';
import { HALF_CLOSE } from '../runs/exercises.ts';

export const o04 = claim({
  id: 'O4',
  exercises: [10],
  text: {
    en: 'ESTABLISHED is the only state in which data flows',
    zh: '只有在 ESTABLISHED 状态下才能传输数据',
  },
  runs: { halfClosed: HALF_CLOSE },
  settle({ halfClosed }) {
    const connection = opened(halfClosed);
    const fin = finOf(connection, 'client');
    const data = segmentsOf(connection, { from: 'server', payload: 'some', afterMs: fin.atMs });
    const bytes = data.reduce((sum, { segment }) => sum + segment.payload.length, 0);
    const last = data.at(-1);
    const lives = ['client', 'server'].map((host) => socketOf(halfClosed, connection, host));
    const waits = stayOf(shown(lives[0], 'the client had no socket'), 'FIN_WAIT_2');
    return settledBy(
      !data.some(({ atMs }) => atMs >= waits.fromMs && atMs <= waits.toMs),
      {
        false: {
          en: `After the client’s FIN ${Math.round(bytes / 1_024)} KiB came from the server in CLOSE_WAIT to the client in FIN_WAIT_2. What a FIN ends is one direction: the other end may send until it has sent its own. Data that were written before the close also flow in FIN_WAIT_1.`,
          zh: `客户端发出 FIN 之后，处于 CLOSE_WAIT 的服务器又向处于 FIN_WAIT_2 的客户端发送了 ${Math.round(bytes / 1_024)} KiB。FIN 只结束一个方向：另一端在发出自己的 FIN 之前都可以发送。关闭前已写入的数据，在 FIN_WAIT_1 里也照样发送。`,
        },
      },
      [
        ...quoteSegments(
          halfClosed,
          fin,
          data[0],
          last,
          last === undefined ? undefined : ackOf(connection, last),
        ),
        ...quoteLives(...lives),
      ],
    );
  },
});
