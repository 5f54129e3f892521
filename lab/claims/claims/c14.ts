import type { Connection } from '../../exercise/judge/connection.ts';
import type { ClaimEvidence } from '../claim.ts';
import { claim, settledBy, shown } from '../claim.ts';
import { opened, socketOf } from '../ends.ts';
import { quoteLives } from '../quote.ts';
import type { Seen } from '../run.ts';
import { FIN_WAIT_2_TIMEOUT, FOUR_WAY_CLOSE } from '../runs/exercises.ts';

export const c14 = claim({
  id: 'C14',
  exercises: [9],
  text: {
    en: 'The passive side reaches CLOSED before the active one',
    zh: '被动关闭方比主动关闭方先进入 CLOSED',
  },
  runs: { bothClose: FOUR_WAY_CLOSE, oneCloses: FIN_WAIT_2_TIMEOUT },
  settle({ bothClose, oneCloses }) {
    const ordinary = ends(bothClose, opened(bothClose));
    const half = [0, 1].map((nth) => ends(oneCloses, opened(oneCloses, nth)));
    const forgotten = half.find(({ active }) => active < Number.POSITIVE_INFINITY);
    const alone = shown(forgotten, 'FIN_WAIT_2 was not given up');
    return settledBy(
      [ordinary, alone].map(({ active, passive }) => passive < active),
      {
        depends: {
          en: 'On whether the passive side closes in time. After an ordinary close its socket goes with the last ACK, while the active side keeps TIME_WAIT for a minute. But a passive side that does not close stays in CLOSE_WAIT, and the active side’s kernel gives up FIN_WAIT_2 after tcp_fin_timeout.',
          zh: '取决于被动方是否及时关闭。正常关闭时，最后一个 ACK 一到，被动方的套接字就消失，主动方却要在 TIME_WAIT 停留一分钟。但若被动方迟迟不关闭，它会留在 CLOSE_WAIT，而主动方的内核在 tcp_fin_timeout 之后就放弃 FIN_WAIT_2。',
        },
      },
      [...ordinary.quote, ...alone.quote],
    );
  },
});

/** When the sockets at the two ends were gone, in milliseconds: the client's, which closed first, and the server's. */
function ends(
  seen: Seen,
  connection: Connection,
): { active: number; passive: number; quote: ClaimEvidence[] } {
  const lives = ['client', 'server'].map((host) => socketOf(seen, connection, host));
  const [active = Number.POSITIVE_INFINITY, passive = Number.POSITIVE_INFINITY] = lives.map(
    ({ goneMs }) => goneMs,
  );
  return { active, passive, quote: quoteLives(...lives) };
}
