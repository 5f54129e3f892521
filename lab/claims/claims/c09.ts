import { segmentEnd } from '../../tcp/segment.ts';
import { claim, settledBy } from '../claim.ts';
import { finOf, opened, socketOf, stayOf } from '../ends.ts';
import { quoteLives, quoteSegments, quoteSs } from '../quote.ts';
import { CLOSING } from '../runs/exercises.ts';

export const c09 = claim({
  id: 'C9',
  exercises: [15],
  text: {
    en: 'A FIN without an acknowledgement of ours takes FIN_WAIT_1 to CLOSING; both ends pass it when both close at once',
    zh: '对方的 FIN 没有确认我方的 FIN 时，FIN_WAIT_1 变为 CLOSING；双方同时关闭时，两端都会经过它',
  },
  runs: { crossing: CLOSING },
  settle({ crossing }) {
    const connection = opened(crossing);
    const fins = [finOf(connection, 'client'), finOf(connection, 'server')] as const;
    const crossed = fins[0].segment.ack !== segmentEnd(fins[1].segment);
    const lives = (['client', 'server'] as const).map((host) => socketOf(crossing, connection, host));
    return settledBy(
      crossed &&
        lives.every((life) => {
          const waits = stayOf(life, 'FIN_WAIT_1');
          return life.stays[life.stays.indexOf(waits) + 1] === stayOf(life, 'CLOSING');
        }),
      {
        true: {
          en: 'The two FINs crossed, neither acknowledged the other, and both ends were in CLOSING until the ACKs came; then both were in TIME_WAIT. Closing “at once” means that each FIN leaves before the other one arrives.',
          zh: '两个 FIN 在途中交错，都没有确认对方，于是两端都停在 CLOSING，等 ACK 到了再一起进入 TIME_WAIT。所谓“同时”，是指双方都在对方的 FIN 到达之前发出了自己的 FIN。',
        },
      },
      [
        ...quoteSegments(crossing, ...fins),
        ...quoteSs(crossing, 'client', /^CLOSING/),
        ...quoteLives(...lives),
      ],
    );
  },
});
