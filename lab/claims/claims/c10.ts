import { segmentLength } from '../../tcp/segment.ts';
import { seqAdd } from '../../tcp/sequence.ts';
import { claim, settledBy } from '../claim.ts';
import { ackOf, finOf, opened } from '../ends.ts';
import { quoteSegments } from '../quote.ts';
import { CORKED_FIN } from '../runs/corked-fin.ts';
import { FOUR_WAY_CLOSE } from '../runs/exercises.ts';

export const c10 = claim({
  id: 'C10',
  exercises: [9],
  text: {
    en: 'A FIN carries no data and consumes one sequence number',
    zh: 'FIN 不携带数据，并消耗一个序号',
  },
  runs: { bare: FOUR_WAY_CLOSE, corked: CORKED_FIN },
  settle({ bare, corked }) {
    const closes = [bare, corked].map((seen) => {
      const connection = opened(seen);
      const fin = finOf(connection, 'client');
      return { seen, fin, ack: ackOf(connection, fin) };
    });
    const noData = closes.map(({ fin }) => fin.segment.payload.length === 0);
    const oneNumber = closes.map(
      ({ fin: { segment }, ack }) =>
        segmentLength(segment) === segment.payload.length + 1 &&
        ack.segment.ack === seqAdd(segment.seq, segment.payload.length + 1),
    );
    return settledBy(
      [...noData, ...oneNumber],
      {
        depends: {
          en: 'It always consumes one sequence number. Whether it carries data depends on whether some still wait to be sent: then the last bytes and the FIN leave in one segment, and the FIN’s number comes after those of the bytes.',
          zh: 'FIN 总是消耗一个序号。带不带数据，取决于关闭时是否还有数据在等待发送：有的话，最后的字节与 FIN 放在同一个报文段里，FIN 的序号排在这些字节之后。',
        },
      },
      closes.flatMap(({ seen, fin, ack }) => quoteSegments(seen, fin, ack)),
    );
  },
});
