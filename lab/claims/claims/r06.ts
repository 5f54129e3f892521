import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { claim, settledBy } from '../claim.ts';
import { opened } from '../ends.ts';
import { quoteSegments, quoteSs, riseOf } from '../quote.ts';
import { UNREAD } from '../runs/exercises.ts';

export const r06 = claim({
  id: 'R6',
  exercises: [23],
  text: {
    en: 'Closing with unread data sends RST',
    zh: '关闭时接收队列里还有未读数据，就会发送 RST',
  },
  runs: { unread: UNREAD },
  settle({ unread }) {
    const { evidence } = unread;
    const connection = opened(unread);
    const data = segmentsOf(connection, { from: 'client', payload: 'some' })[0];
    const reset = segmentsOf(connection, { from: 'server', has: 'R' })[0];
    const fin = segmentsOf(connection, { from: 'server', has: 'F' })[0];
    const counted = riseOf(evidence, 'server', 'TCPAbortOnClose');
    const port = connection.opener.endpoint.port;
    return settledBy(
      reset !== undefined && fin === undefined && counted.rise === 1,
      {
        true: {
          en: 'The server closed in the ordinary way while bytes lay unread in its queue, and its kernel sent RST instead of FIN, so that the client knows they were never read. It is close() that does this; shutdown() sends a FIN all the same.',
          zh: '服务器正常关闭，而队列里还有未读的字节，内核就发送 RST 代替 FIN，好让客户端知道这些数据没有被读走。这样做的是 close()；shutdown() 照样发送 FIN。',
        },
      },
      [
        ...quoteSegments(unread, data),
        ...quoteSs(unread, 'server', new RegExp(`^ESTAB .*:${port} `)),
        ...quoteSegments(unread, reset ?? fin),
        ...counted.quote,
      ],
    );
  },
});
