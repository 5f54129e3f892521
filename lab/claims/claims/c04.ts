import { claim, settledBy } from '../claim.ts';
import { finOf, opened, socketOf, stayOf } from '../ends.ts';
import { quoteLives, quoteSegments } from '../quote.ts';
import { FOUR_WAY_CLOSE } from '../runs/exercises.ts';

export const c04 = claim({
  id: 'C4',
  exercises: [9],
  text: {
    en: 'The passive side enters CLOSE_WAIT when it sends its FIN',
    zh: '被动关闭方在发送自己的 FIN 时进入 CLOSE_WAIT',
  },
  runs: { closes: FOUR_WAY_CLOSE },
  settle({ closes }) {
    const connection = opened(closes);
    const theirs = finOf(connection, 'client');
    const own = finOf(connection, 'server');
    const life = socketOf(closes, connection, 'server');
    return settledBy(
      stayOf(life, 'CLOSE_WAIT').fromMs >= own.atMs,
      {
        false: {
          en: 'It enters CLOSE_WAIT when it receives the other side’s FIN: here the server was in it half a second before it sent one. Its own FIN ends CLOSE_WAIT and takes it to LAST_ACK.',
          zh: '被动方是在收到对方的 FIN 时进入 CLOSE_WAIT 的：这里服务器发出自己的 FIN 之前，已在 CLOSE_WAIT 停留了半秒。它自己的 FIN 结束 CLOSE_WAIT，使它进入 LAST_ACK。',
        },
      },
      [...quoteSegments(closes, theirs, own), ...quoteLives(life)],
    );
  },
});
