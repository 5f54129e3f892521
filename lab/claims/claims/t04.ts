import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { ACK } from '../../tcp/flags.ts';
import { claim, settledBy, shown } from '../claim.ts';
import { firstTimeWait, opened, resetOf, stayOf } from '../ends.ts';
import { quoteKnob, quoteLives, quoteSegments } from '../quote.ts';
import { OLD_DUPLICATES } from '../runs/exercises.ts';
import { OLD_NUMBER, ORDERS } from '../runs/old-number.ts';

export const t04 = claim({
  id: 'T4',
  exercises: [19],
  text: {
    en: 'During TIME_WAIT late segments of the connection are discarded',
    zh: '在 TIME_WAIT 期间，该连接迟到的报文段会被丢弃',
  },
  runs: { protectedHost: OLD_DUPLICATES, ordinaryHost: OLD_NUMBER },
  settle({ protectedHost, ordinaryHost }) {
    const safe = opened(protectedHost);
    const [data, repeated] = segmentsOf(safe, { from: 'client', payload: 'some' });
    const late = shown(repeated, 'no data came late');
    const answers = segmentsOf(safe, { from: 'server', afterMs: late.atMs });
    const harmless = resetOf(safe, 'client');

    const plainLife = firstTimeWait(ordinaryHost, 'server');
    const deadly = shown(
      ordinaryHost.evidence.segments({ to: 'server', has: 'R' })[0],
      `the run did not get to "${ORDERS.reset}"`,
    );
    return settledBy(
      [
        late.segment.seq === data?.segment.seq &&
          answers.every(({ segment }) => segment.payload.length === 0),
        // A host that had forgotten the connection would answer with RST.
        late.atMs > harmless.atMs && answers.every(({ segment }) => segment.flags === ACK),
        stayOf(plainLife, 'TIME_WAIT').lasting,
      ],
      {
        depends: {
          en: 'On the segment. Old data reach no program, but earn an ACK; a FIN starts the minute again (T3). An RST with the right number ends TIME_WAIT, unless tcp_rfc1337 is set, which by default it is not.',
          zh: '取决于是什么报文段。迟到的数据不会交给任何程序，但会得到一个 ACK；FIN 会使一分钟重新计时（见 T3）。序号正确的 RST 会直接终止 TIME_WAIT，除非打开了 tcp_rfc1337，而它默认是关闭的。',
        },
      },
      [
        ...quoteKnob(protectedHost, 'server', 'tcp_rfc1337'),
        ...quoteSegments(protectedHost, harmless, late, answers[0]),
        ...quoteKnob(ordinaryHost, 'server', 'tcp_rfc1337'),
        ...quoteSegments(ordinaryHost, deadly),
        ...quoteLives(plainLife),
      ],
    );
  },
});
