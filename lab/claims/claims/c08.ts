import { stayIn } from '../../exercise/judge/life.ts';
import { claim, settledBy, shown } from '../claim.ts';
import { ackOf, finOf, socketOf, stayOf } from '../ends.ts';
import { quoteLives, quoteSegments } from '../quote.ts';
import { THREE_SEGMENT_CLOSE } from '../runs/exercises.ts';

export const c08 = claim({
  id: 'C8',
  exercises: [16],
  text: {
    en: 'A FIN that also acknowledges ours takes FIN_WAIT_1 straight to TIME_WAIT',
    zh: '如果对方的 FIN 同时确认了我方的 FIN，就从 FIN_WAIT_1 直接进入 TIME_WAIT',
  },
  runs: { closes: THREE_SEGMENT_CLOSE },
  settle({ closes }) {
    const { evidence, plan } = closes;
    const all = evidence.connections({ from: 'client', port: plan.port });
    const merged = all.find((each) => ackOf(each, finOf(each, 'client')) === finOf(each, 'server'));
    const connection = shown(merged, 'no FIN came together with the ACK');
    const fin = finOf(connection, 'client');
    const life = socketOf(closes, connection, 'client');
    const waits = stayOf(life, 'TIME_WAIT');
    return settledBy(
      stayIn(life, 'FIN_WAIT_2') === undefined && waits.fromMs >= finOf(connection, 'server').atMs,
      {
        true: {
          en: 'One segment of the server acknowledged the client’s FIN and carried its own, and FIN_WAIT_2 was never there. RFC 9293 leaves this arrow out of its state diagram and mentions it in a note; a program that closes as soon as it reads the end makes it the usual way.',
          zh: '服务器的一个报文段既确认了客户端的 FIN，又带着自己的 FIN，FIN_WAIT_2 从未出现。RFC 9293 的状态图没有画这条箭头，只在注释里提到；读到结束标志就马上关闭的程序，通常走的正是这条路。',
        },
      },
      [...quoteSegments(closes, fin, finOf(connection, 'server')), ...quoteLives(life)],
    );
  },
});
