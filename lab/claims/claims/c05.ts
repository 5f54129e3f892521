import { type Life, stayIn } from '../../exercise/judge/life.ts';
import type { State } from '../../tcp/states.ts';
import { claim, settledBy } from '../claim.ts';
import { opened, socketOf } from '../ends.ts';
import { quoteLives } from '../quote.ts';
import { FIN_WAIT_1, HALF_CLOSE } from '../runs/exercises.ts';

export const c05 = claim({
  id: 'C5',
  exercises: [12],
  text: {
    en: 'FIN_WAIT_1 is hard to see in netstat, FIN_WAIT_2 easy',
    zh: '在 netstat 里很难看到 FIN_WAIT_1，却很容易看到 FIN_WAIT_2',
  },
  runs: { answered: HALF_CLOSE, unanswered: FIN_WAIT_1 },
  settle({ answered, unanswered }) {
    const lives = [answered, unanswered].map((seen) => socketOf(seen, opened(seen), 'client'));
    return settledBy(
      lives.map((life) => lasted(life, 'FIN_WAIT_1') < lasted(life, 'FIN_WAIT_2')),
      {
        depends: {
          en: 'On whether the FIN is soon acknowledged. When it is, FIN_WAIT_1 lasts one round trip, and FIN_WAIT_2 until the other side closes. When nothing comes back, FIN_WAIT_1 stays while the kernel sends the FIN again and again, and FIN_WAIT_2 may never be seen.',
          zh: '取决于 FIN 能否很快得到确认。能，FIN_WAIT_1 只持续一个往返时间，FIN_WAIT_2 则一直到对方关闭。收不到任何回应时，内核一遍遍重传 FIN，FIN_WAIT_1 会一直在那里，而 FIN_WAIT_2 可能根本不出现。',
        },
      },
      quoteLives(...lives),
    );
  },
});

function lasted(life: Life, state: State): number {
  const stay = stayIn(life, state);
  return stay === undefined ? 0 : stay.toMs - stay.fromMs;
}
