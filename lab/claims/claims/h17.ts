import { stayIn } from '../../exercise/judge/life.ts';
import { claim, settledBy, shown } from '../claim.ts';
import { quoteLives, quoteSegments, quoteSs } from '../quote.ts';
import { SIMULTANEOUS_OPEN } from '../runs/exercises.ts';

export const h17 = claim({
  id: 'H17',
  exercises: [7],
  text: {
    en: 'Two ends can open towards each other and get one connection',
    zh: '两端可以互相打开，得到同一个连接',
  },
  runs: { both: SIMULTANEOUS_OPEN },
  settle({ both }) {
    const { evidence } = both;
    const [client, ...more] = evidence.lives('client');
    const [peer, ...others] = evidence.lives('peer');
    const ends = [shown(client, 'the client never connected'), shown(peer, 'the peer never connected')];
    const crossing = shown(evidence.connections()[0], 'no SYN came');
    const syns = new Map(evidence.segments({ flags: 'S' }).map((event) => [event.from, event]));
    shown(syns.size === 2 ? syns : undefined, 'only one end sent a SYN');
    const isOne =
      more.length + others.length === 0 &&
      evidence.connections().length === 1 &&
      ends.every(
        (life) => stayIn(life, 'SYN_RCVD') !== undefined && stayIn(life, 'ESTABLISHED') !== undefined,
      );
    return settledBy(
      isOne,
      {
        true: {
          en: 'Both called connect(), and nobody listened. Both went from SYN_SENT to SYN_RCVD to ESTABLISHED, and each host has a single socket for it.',
          zh: '两端都调用 connect()，没有人监听。两端都从 SYN_SENT 经 SYN_RCVD 到 ESTABLISHED，每台主机上只有一个套接字。',
        },
      },
      [
        ...quoteSegments(both, ...crossing.segments.slice(0, 4)),
        ...quoteLives(...ends),
        ...quoteSs(both, 'client', /^ESTAB /),
        ...quoteSs(both, 'peer', /^ESTAB /),
      ],
    );
  },
});
