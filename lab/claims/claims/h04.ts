import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { seqAdd } from '../../tcp/sequence.ts';
import { claim, settledBy, shown } from '../claim.ts';
import { opened } from '../ends.ts';
import { handshakeOf } from '../opening.ts';
import { quoteKnob, quoteSegments } from '../quote.ts';
import { EARLY_DATA, FIRST, IN_SYN } from '../runs/early-data.ts';

export const h04 = claim({
  id: 'H4',
  exercises: [2],
  text: {
    en: 'A SYN carries no data and consumes one sequence number',
    zh: 'SYN 不携带数据，并占用一个序号',
  },
  runs: { early: EARLY_DATA },
  settle({ early }) {
    const ordinary = handshakeOf(opened(early, FIRST));
    const next = shown(
      segmentsOf(opened(early, FIRST), { from: 'client', has: 'F' })[0],
      'the ordinary client never closed, so nothing took the number after its SYN',
    );
    const { syn, synAck } = handshakeOf(opened(early, IN_SYN));
    const data = syn.segment.payload.length;
    const takesOne =
      next.segment.seq === seqAdd(ordinary.syn.segment.seq, 1) &&
      synAck.segment.ack === seqAdd(syn.segment.seq, 1 + data);
    const evidence = [
      ...quoteSegments(early, ordinary.syn, ordinary.synAck, next, syn, synAck),
      ...quoteKnob(early, 'server', 'tcp_fastopen'),
    ];
    if (data > 0 && ordinary.syn.segment.payload.length === 0 && takesOne)
      return {
        verdict: 'depends',
        note: {
          en: `It depends on TCP Fast Open. Without it the SYN was empty and took one number; with it the SYN brought ${data} bytes, and the SYN+ACK acknowledged 1 + ${data}.`,
          zh: `取决于 TCP Fast Open。不用它时 SYN 为空，占用一个序号；用它时 SYN 带了 ${data} 字节，SYN+ACK 确认了 1 + ${data}。`,
        },
        evidence,
      };
    return settledBy(
      data === 0 && takesOne,
      {
        true: {
          en: 'Even with TCP Fast Open allowed, the SYN was empty, and it took one number.',
          zh: '即使允许 TCP Fast Open，SYN 也是空的，并占用一个序号。',
        },
      },
      evidence,
    );
  },
});
