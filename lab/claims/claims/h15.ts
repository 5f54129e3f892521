import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { stayIn } from '../../exercise/judge/life.ts';
import { claim, settledBy } from '../claim.ts';
import { replayed } from '../opening.ts';
import { quoteLives, quoteSegments, quoteSs } from '../quote.ts';
import { STALE_SYN } from '../runs/exercises.ts';

export const h15 = claim({
  id: 'H15',
  exercises: [8],
  text: {
    en: 'The third segment protects the server from an old duplicate SYN',
    zh: '第三个报文段保护服务器不受旧的重复 SYN 影响',
  },
  runs: { stale: STALE_SYN },
  settle({ stale }) {
    const { syns, server } = replayed(stale);
    const [old, again] = syns;
    const connections = stale.evidence.connections({ from: 'client', port: stale.plan.port });
    const answers = connections.flatMap((each) =>
      segmentsOf(each, { afterMs: again.atMs, from: 'server', flags: 'S.' }),
    );
    const third = stale.evidence.segments({ from: 'client', afterMs: again.atMs + 0.001 })[0];
    const isKept = stayIn(server, 'SYN_RCVD') !== undefined && stayIn(server, 'ESTABLISHED') === undefined;
    return settledBy(
      isKept && server.goneMs !== undefined,
      {
        true: {
          en: 'The server could not tell the old SYN from a new one: it answered, and made a half-open connection. No ACK followed but an RST, so that connection never got to ESTABLISHED, and is gone.',
          zh: '服务器无法分辨旧 SYN 与新 SYN：它作出回应，并建立了一个半开连接。随后到来的不是 ACK 而是 RST，因此该连接从未进入 ESTABLISHED，已经消失。',
        },
      },
      [
        ...quoteSegments(stale, old, again, answers[0], third),
        ...quoteLives(server),
        ...quoteSs(stale, 'server', /^SYN-RECV /),
      ],
    );
  },
});
