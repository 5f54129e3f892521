import { seqAdd } from '../../tcp/sequence.ts';
import { claim, settledBy } from '../claim.ts';
import { ackOf, finOf, opened } from '../ends.ts';
import { quoteSegments } from '../quote.ts';
import { CORKED_FIN } from '../runs/corked-fin.ts';
import { FOUR_WAY_CLOSE } from '../runs/exercises.ts';

export const c11 = claim({
  id: 'C11',
  exercises: [9],
  text: {
    en: 'The acknowledgement of a FIN is its sequence number + 1; the answer’s own FIN repeats the same ack',
    zh: '对 FIN 的确认号是它的序号加 1；回应方自己的 FIN 带着同样的确认号',
  },
  runs: { bare: FOUR_WAY_CLOSE, corked: CORKED_FIN },
  settle({ bare, corked }) {
    const closes = [bare, corked].map((seen) => {
      const connection = opened(seen);
      const fin = finOf(connection, 'client');
      const number = seqAdd(fin.segment.seq, fin.segment.payload.length);
      return { seen, fin, number, ack: ackOf(connection, fin), own: finOf(connection, 'server') };
    });
    return settledBy(
      closes.flatMap(({ number, ack, own }) => [
        ack.segment.ack === seqAdd(number, 1),
        own.segment.ack === ack.segment.ack,
      ]),
      {
        true: {
          en: 'Both the ACK and the server’s own FIN acknowledged the number of the client’s FIN plus one. When a FIN comes with data, its number is the one after the last byte, and not the sequence number in the header.',
          zh: '服务器的 ACK 和它自己的 FIN，确认号都是客户端 FIN 的序号加 1。FIN 与数据同行时，它的序号是最后一个字节之后的那个，而不是首部里的序号。',
        },
      },
      closes.flatMap(({ seen, fin, ack, own }) =>
        quoteSegments(seen, fin, ...(ack === own ? [ack] : [ack, own])),
      ),
    );
  },
});
