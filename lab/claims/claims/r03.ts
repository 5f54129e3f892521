import { stayIn } from '../../exercise/judge/life.ts';
import { claim, settledBy } from '../claim.ts';
import { finOf, opened, resetOf, socketOf } from '../ends.ts';
import { quoteLives, quoteSegments } from '../quote.ts';
import { FOUR_WAY_CLOSE } from '../runs/exercises.ts';
import { RESET_BY_NUMBER } from '../runs/reset-by-number.ts';

export const r03 = claim({
  id: 'R3',
  exercises: [22],
  text: {
    en: 'The receiver of a RST can tell an abort from an orderly close',
    zh: '收到 RST 的一方能够区分异常关闭与正常关闭',
  },
  runs: { orderly: FOUR_WAY_CLOSE, aborted: RESET_BY_NUMBER },
  settle({ orderly, aborted }) {
    const [closed, reset] = [opened(orderly), opened(aborted)];
    const lives = [socketOf(orderly, closed, 'server'), socketOf(aborted, reset, 'server')] as const;
    const waited = lives.map((life) => stayIn(life, 'CLOSE_WAIT') !== undefined);
    return settledBy(
      waited[0] === true && waited[1] === false && lives[1].goneMs !== undefined,
      {
        true: {
          en: 'A FIN leads to CLOSE_WAIT, and the program reads the end; an RST ends the connection on the spot, and the program gets ECONNRESET. It does not tell why: a close() with unread data and a killed program can send the same RST (R6, R10).',
          zh: 'FIN 使套接字进入 CLOSE_WAIT，程序读到结束标志；RST 则当场终止连接，程序得到 ECONNRESET。但 RST 不说明原因：带着未读数据的 close()、被杀死的程序，都可能发出同样的 RST（见 R6、R10）。',
        },
      },
      [
        ...quoteSegments(orderly, finOf(closed, 'client')),
        ...quoteLives(lives[0]),
        ...quoteSegments(aborted, resetOf(reset, 'client')),
        ...quoteLives(lives[1]),
      ],
    );
  },
});
