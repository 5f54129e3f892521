import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { stayIn } from '../../exercise/judge/life.ts';
import { claim, settledBy, shown } from '../claim.ts';
import { opened, socketOf } from '../ends.ts';
import { handshakeOf } from '../opening.ts';
import { quoteLives, quoteSegments } from '../quote.ts';
import { EARLY_DATA, FIRST, IN_ACK } from '../runs/early-data.ts';

export const h05 = claim({
  id: 'H5',
  exercises: [2],
  text: {
    en: 'A pure ACK consumes no sequence number; the handshake’s last ACK may carry data',
    zh: '纯 ACK 不占用序号；握手的最后一个 ACK 可以携带数据',
  },
  runs: { early: EARLY_DATA },
  settle({ early }) {
    const { ack } = handshakeOf(opened(early, FIRST));
    const next = segmentsOf(opened(early, FIRST), { from: 'client', has: 'F' })[0];
    const isFree = shown(next, 'nothing followed the pure ACK').segment.seq === ack.segment.seq;
    const connection = opened(early, IN_ACK);
    const last = handshakeOf(connection);
    const answer = segmentsOf(connection, { from: 'server', has: '.', not: 'S', afterMs: last.ack.atMs })[0];
    const server = socketOf(early, connection, 'server');
    const sinceMs = stayIn(server, 'ESTABLISHED')?.fromMs ?? 0;
    const isTaken = sinceMs >= last.ack.atMs && answer !== undefined;
    if (last.ack.segment.payload.length === 0) shown(undefined, 'the last ACK came without data');
    return settledBy(
      isFree && isTaken,
      {
        true: {
          en: `The first segment after the pure ACK had the same number as the ACK. In another handshake the last ACK brought ${last.ack.segment.payload.length} bytes: that one segment put the server in ESTABLISHED, and was answered.`,
          zh: `纯 ACK 之后的第一个报文段与该 ACK 的序号相同。另一次握手的最后一个 ACK 带了 ${last.ack.segment.payload.length} 字节：这一个报文段使服务器进入 ESTABLISHED，并得到了回应。`,
        },
      },
      [...quoteSegments(early, ack, next, last.synAck, last.ack, answer), ...quoteLives(server)],
    );
  },
});
