import { claim, settledBy } from '../claim.ts';
import { ackOf, finOf, opened, socketOf, stayOf } from '../ends.ts';
import { quoteLives, quoteSegments } from '../quote.ts';
import { FOUR_WAY_CLOSE } from '../runs/exercises.ts';

export const c01 = claim({
  id: 'C1',
  exercises: [9],
  text: {
    en: 'The side that closes first goes to FIN_WAIT_1, and to FIN_WAIT_2 on the ACK',
    zh: '先关闭的一方进入 FIN_WAIT_1，收到 ACK 后进入 FIN_WAIT_2',
  },
  runs: { closes: FOUR_WAY_CLOSE },
  settle({ closes }) {
    const connection = opened(closes);
    const fin = finOf(connection, 'client');
    const ack = ackOf(connection, fin);
    const life = socketOf(closes, connection, 'client');
    const waits = stayOf(life, 'FIN_WAIT_1');
    const next = stayOf(life, 'FIN_WAIT_2');
    return settledBy(
      life.stays.indexOf(next) === life.stays.indexOf(waits) + 1 && next.fromMs >= ack.atMs,
      {
        true: {
          en: 'The FIN took the client to FIN_WAIT_1, and the ACK of that FIN to FIN_WAIT_2. Only this ACK counts, not one of data sent before; when it comes together with the other side’s FIN, FIN_WAIT_2 is left out (C8).',
          zh: '客户端发出 FIN 后进入 FIN_WAIT_1，收到对这个 FIN 的 ACK 后进入 FIN_WAIT_2。只确认先前数据的 ACK 不算；如果这个 ACK 与对方的 FIN 同在一个报文段里，就会跳过 FIN_WAIT_2（见 C8）。',
        },
      },
      [...quoteSegments(closes, fin, ack), ...quoteLives(life)],
    );
  },
});
