import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { segmentEnd } from '../../tcp/segment.ts';
import { claim, settledBy, shown } from '../claim.ts';
import { finOf, opened, socketOf, stayOf } from '../ends.ts';
import { quoteLives, quoteSegments } from '../quote.ts';
import { LAST_ACK } from '../runs/exercises.ts';

export const c03 = claim({
  id: 'C3',
  exercises: [9, 14],
  text: {
    en: 'Sending its own FIN takes it to LAST_ACK; the ACK of it to CLOSED',
    zh: '被动方发出自己的 FIN 后进入 LAST_ACK，收到对它的 ACK 后进入 CLOSED',
  },
  runs: { withheld: LAST_ACK },
  settle({ withheld }) {
    const { evidence } = withheld;
    const connection = opened(withheld);
    const fin = finOf(connection, 'server');
    const life = socketOf(withheld, connection, 'server');
    const waits = stayOf(life, 'LAST_ACK');
    const gate = evidence.gates('server', 'ack-of-fin').find(({ action }) => action === 'opened');
    const openedMs = shown(gate, 'the gate was not opened').atMs;
    const acks = segmentsOf(connection, { from: 'client', has: '.', ack: segmentEnd(fin.segment) });
    const last = acks.findLast(({ atMs }) => atMs <= waits.toMs);
    return settledBy(
      waits.toMs >= openedMs &&
        life.stays.at(-1) === waits &&
        life.goneMs !== undefined &&
        last !== undefined,
      {
        true: {
          en: 'The server stayed in LAST_ACK as long as the lab kept the ACK from it, and its socket was gone with the first ACK that got through. CLOSED is no row in any table: it is the absence of a socket.',
          zh: '只要实验室拦住 ACK，服务器就一直处于 LAST_ACK；第一个放行的 ACK 到达后，套接字随即消失。CLOSED 在任何表里都没有对应的行：它就是“没有这个套接字”。',
        },
      },
      [...quoteSegments(withheld, fin, last), ...quoteLives(life)],
    );
  },
});
