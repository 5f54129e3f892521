import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { claim, settledBy, shown } from '../claim.ts';
import { ackOf, finOf, opened, socketOf, stayOf } from '../ends.ts';
import { quoteLives, quoteSegments } from '../quote.ts';
import { HALF_CLOSE, WRITE_AFTER_CLOSE } from '../runs/exercises.ts';
import { SEND_AFTER_SHUTDOWN } from '../runs/send-after-shutdown.ts';

export const c06 = claim({
  id: 'C6',
  exercises: [10],
  text: {
    en: 'In FIN_WAIT_2 a socket can receive but not send',
    zh: '处于 FIN_WAIT_2 的套接字能接收数据，但不能发送数据',
  },
  runs: { receives: HALF_CLOSE, sends: SEND_AFTER_SHUTDOWN, closed: WRITE_AFTER_CLOSE },
  settle({ receives, sends, closed }) {
    const open = opened(receives);
    const life = socketOf(receives, open, 'client');
    const data = shown(segmentsOf(open, { from: 'server', payload: 'some' }).at(-1), 'no data came');
    const ack = ackOf(open, data);
    const waits = stayOf(life, 'FIN_WAIT_2');

    const shut = opened(sends);
    const fin = finOf(shut, 'client');
    // The program opens its second connection only after it has tried to send on the first.
    const tried = opened(sends, 1);
    const sent = segmentsOf(shut, { from: 'client', payload: 'some' });

    const left = opened(closed);
    const late = segmentsOf(left, {
      from: 'client',
      payload: 'some',
      afterMs: finOf(left, 'server').atMs,
    })[0];
    const reset = segmentsOf(left, { from: 'server', has: 'R' })[0];
    return settledBy(
      [data.atMs >= waits.fromMs && data.atMs <= waits.toMs, sent.length === 0, reset === undefined],
      {
        depends: {
          en: 'It never sends again: the kernel refuses with EPIPE. It receives only if the program closed just the sending side, with shutdown(); after close() there is nobody to read, and the kernel answers data with RST.',
          zh: '它肯定不能再发送数据：内核以 EPIPE 拒绝。能否接收取决于程序怎样关闭：用 shutdown() 只关闭发送方向，就还能接收；用 close() 之后没有人来读，内核对到来的数据回应 RST。',
        },
      },
      [
        ...quoteSegments(receives, data, ack),
        ...quoteLives(life),
        ...quoteSegments(sends, fin, tried.segments[0]),
        ...quoteLives(socketOf(sends, shut, 'client')),
        ...quoteSegments(closed, late, reset),
      ],
    );
  },
});
