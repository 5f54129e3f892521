import { claim, settledBy } from '../claim.ts';
import { ackOf, finOf, opened, socketOf, stayOf } from '../ends.ts';
import { quoteLives, quoteSegments } from '../quote.ts';
import { FOUR_WAY_CLOSE } from '../runs/exercises.ts';

export const c02 = claim({
  id: 'C2',
  exercises: [9],
  text: {
    en: 'On a FIN the other side goes to CLOSE_WAIT and acknowledges',
    zh: '收到 FIN 的一方进入 CLOSE_WAIT，并发送确认',
  },
  runs: { closes: FOUR_WAY_CLOSE },
  settle({ closes }) {
    const connection = opened(closes);
    const fin = finOf(connection, 'client');
    const ack = ackOf(connection, fin);
    const own = finOf(connection, 'server');
    const life = socketOf(closes, connection, 'server');
    const waits = stayOf(life, 'CLOSE_WAIT');
    return settledBy(
      waits.fromMs >= fin.atMs && waits.fromMs < own.atMs && ack !== own,
      {
        true: {
          en: 'The server was in CLOSE_WAIT as soon as the FIN had arrived, and its kernel acknowledged it; the program had no part in either. The state changes at once, but the kernel may hold the ACK back for some 40 ms, in case there is something to send along.',
          zh: 'FIN 一到，服务器就处于 CLOSE_WAIT，内核随即确认；两件事都不需要程序参与。状态立即改变，但内核可能把 ACK 推迟 40 毫秒左右，以便与要发送的数据合并。',
        },
      },
      [...quoteSegments(closes, fin, ack), ...quoteLives(life)],
    );
  },
});
