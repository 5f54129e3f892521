import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { claim, settledBy } from '../claim.ts';
import { finOf, opened, resetOf, socketOf, stayOf } from '../ends.ts';
import { quoteLives, quoteSegments } from '../quote.ts';
import { FIN_WAIT_2_TIMEOUT, FOUR_WAY_CLOSE, WRITE_AFTER_CLOSE } from '../runs/exercises.ts';

export const c13 = claim({
  id: 'C13',
  exercises: [11],
  text: {
    en: 'CLOSE_WAIT lasts until the application closes',
    zh: 'CLOSE_WAIT 一直持续到应用程序关闭连接为止',
  },
  runs: { neverCloses: FIN_WAIT_2_TIMEOUT, closesLater: FOUR_WAY_CLOSE, isReset: WRITE_AFTER_CLOSE },
  settle({ neverCloses, closesLater, isReset }) {
    const forgotten = [0, 1].map((nth) => socketOf(neverCloses, opened(neverCloses, nth), 'server'));
    const slow = socketOf(closesLater, opened(closesLater), 'server');
    const slowWaits = stayOf(slow, 'CLOSE_WAIT');
    const written = opened(isReset);
    const fin = finOf(written, 'server');
    const reset = resetOf(written, 'server');
    const closedBefore = segmentsOf(written, { from: 'client', has: 'F', beforeMs: reset.atMs });
    return settledBy(
      [
        forgotten.every((life) => stayOf(life, 'CLOSE_WAIT').lasting),
        slow.stays[slow.stays.indexOf(slowWaits) + 1] === stayOf(slow, 'LAST_ACK'),
        closedBefore.length > 0,
      ],
      {
        depends: {
          en: 'No timer ever ends it: it outlasted even the other end, whose FIN_WAIT_2 the kernel gave up. What ends it is the program’s close(), the end of the program, or an RST, which here came in answer to something the client still wrote.',
          zh: '没有任何定时器会结束它：连对端的 FIN_WAIT_2 都被内核清掉了，它还在。结束它的是程序的 close()、程序本身的退出，或者一个 RST，这里的 RST 就是对客户端继续写入的回应。',
        },
      },
      [...quoteLives(...forgotten, slow), ...quoteSegments(isReset, fin, reset)],
    );
  },
});
