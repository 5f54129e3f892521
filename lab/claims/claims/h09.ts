import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { stayIn } from '../../exercise/judge/life.ts';
import { ACK, RST, SYN } from '../../tcp/flags.ts';
import { claim, settledBy, shown } from '../claim.ts';
import { opened, timeOf } from '../ends.ts';
import { quoteLives, quoteSegments, quoteSs } from '../quote.ts';
import { SIMULTANEOUS_OPEN } from '../runs/exercises.ts';
import { LISTENS_NOW, ONLY_BOUND } from '../runs/only-bound.ts';

const SYN_ACK = SYN | ACK;

export const h09 = claim({
  id: 'H9',
  exercises: [1],
  text: {
    en: 'Without listen() a bound port cannot take a SYN',
    zh: '不调用 listen()，已绑定的端口不能接受 SYN',
  },
  runs: { bound: ONLY_BOUND, bothConnect: SIMULTANEOUS_OPEN },
  settle({ bound, bothConnect }) {
    timeOf(bound, LISTENS_NOW);
    const answers = [opened(bound, 0), opened(bound, 1)].map((each) =>
      shown(segmentsOf(each, { from: 'server' })[0], 'a SYN was not answered at all'),
    );
    const [before, after] = answers.map(({ segment }) => segment.flags);
    shown(after === SYN_ACK ? after : undefined, 'the port did not take a SYN after listen() either');
    const { evidence } = bothConnect;
    const met = evidence.lives('peer').find((life) => stayIn(life, 'SYN_RCVD') !== undefined);
    const isException = met !== undefined && evidence.listeners('peer').length === 0;
    const isRefused = before !== undefined && (before & RST) !== 0;
    const quotes = [
      ...quoteSegments(
        bound,
        opened(bound, 0).segments[0],
        answers[0],
        opened(bound, 1).segments[0],
        answers[1],
      ),
      ...quoteSs(bound, 'server', /^LISTEN /),
      ...quoteLives(met),
    ];
    if (isRefused && isException)
      return {
        verdict: 'depends',
        note: {
          en: 'It depends on whether the socket is connecting by itself. A port that was only bound answered the SYN with RST, and after listen() it took one. A bound socket in SYN_SENT took the SYN of the very peer it was connecting to, and nobody listened there: a simultaneous open.',
          zh: '取决于该套接字是否正在主动连接。只绑定的端口以 RST 回应 SYN，listen() 之后才接受。处于 SYN_SENT 的已绑定套接字接受了它正在连接的对端发来的 SYN，而那里没有监听：这就是同时打开。',
        },
        evidence: quotes,
      };
    return settledBy(isRefused, {}, quotes);
  },
});
