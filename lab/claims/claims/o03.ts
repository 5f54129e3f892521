import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { stayIn } from '../../exercise/judge/life.ts';
import { claim, settledBy } from '../claim.ts';
import { finOf, opened, socketOf, stayOf, timeOf } from '../ends.ts';
import { quoteLives, quoteSegments, quoteSs } from '../quote.ts';
import { CLOSING, FOUR_WAY_CLOSE, HALF_CLOSE, THREE_SEGMENT_CLOSE } from '../runs/exercises.ts';
import { CLOSES_TOO, STUCK_FIN } from '../runs/stuck-fin.ts';

/** What lies further apart than this, between hosts a tenth of a millisecond apart, is not at the same time. */
const SAME_TIME_MS = 100;

export const o03 = claim({
  id: 'O3',
  exercises: [15],
  text: {
    en: 'CLOSING is rare: it needs both ends to close at nearly the same time',
    zh: 'CLOSING 很少见：它要求两端几乎同时关闭',
  },
  runs: {
    crossing: CLOSING,
    slow: FOUR_WAY_CLOSE,
    half: HALF_CLOSE,
    quick: THREE_SEGMENT_CLOSE,
    stuck: STUCK_FIN,
  },
  settle({ crossing, slow, half, quick, stuck }) {
    const ordinary = [slow, half, quick].flatMap(({ evidence }) =>
      evidence.hosts.flatMap((host) => evidence.lives(host)),
    );
    const crossed = opened(crossing);
    const both = (['client', 'server'] as const).map((host) => socketOf(crossing, crossed, host));
    for (const life of both) stayOf(life, 'CLOSING');

    const late = opened(stuck);
    const life = socketOf(stuck, late, 'client');
    stayOf(life, 'CLOSING');
    const theirs = finOf(late, 'server');
    const apartMs = timeOf(stuck, CLOSES_TOO) - stayOf(life, 'FIN_WAIT_1').fromMs;
    const left = segmentsOf(late, { from: 'client', has: 'F', beforeMs: theirs.atMs });
    return settledBy(
      [
        ordinary.every((each) => stayIn(each, 'CLOSING') === undefined),
        left.length > 0 || apartMs < SAME_TIME_MS,
      ],
      {
        depends: {
          en: 'On how long a FIN is on its way. A FIN has to come while the own one is unacknowledged: ordinarily that is one round trip, and the ordinary closes showed no CLOSING. Where the first FIN stands in line behind data that nobody reads, the other end may close much later.',
          zh: '取决于 FIN 要多久才能送达。条件是对方的 FIN 到来时，自己的 FIN 还没有得到确认：通常这只是一个往返时间，普通的关闭里一次也没有出现 CLOSING。但如果先关闭一方的 FIN 排在没有人读取的数据后面，对方晚很久才关闭，也会出现 CLOSING。',
        },
      },
      [
        ...quoteSegments(crossing, finOf(crossed, 'client'), finOf(crossed, 'server')),
        ...quoteLives(both[0]),
        ...quoteSs(stuck, 'client', /^FIN-WAIT-1/).slice(0, 1),
        ...quoteSegments(stuck, theirs),
        ...quoteLives(life),
      ],
    );
  },
});
