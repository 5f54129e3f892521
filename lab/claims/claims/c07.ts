import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { claim, settledBy, shown } from '../claim.ts';
import { ackOf, finOf, opened } from '../ends.ts';
import { quoteSegments } from '../quote.ts';
import { HALF_CLOSE, WRITE_AFTER_CLOSE } from '../runs/exercises.ts';

export const c07 = claim({
  id: 'C7',
  exercises: [10],
  text: {
    en: 'After receiving a FIN one can still send data',
    zh: '收到 FIN 之后仍然可以发送数据',
  },
  runs: { halfClosed: HALF_CLOSE, closed: WRITE_AFTER_CLOSE },
  settle({ halfClosed, closed }) {
    const half = opened(halfClosed);
    const end = finOf(half, 'client');
    const query = { from: 'server', payload: 'some', afterMs: end.atMs } as const;
    const answer = shown(segmentsOf(half, query).at(-1), 'the server sent nothing');
    const taken = ackOf(half, answer);

    const whole = opened(closed);
    const theirs = finOf(whole, 'server');
    const word = segmentsOf(whole, { from: 'client', payload: 'some', afterMs: theirs.atMs })[0];
    const sent = shown(word, 'the client sent nothing');
    const reply = segmentsOf(whole, { from: 'server', afterMs: sent.atMs, has: 'R' })[0];
    return settledBy(
      [taken.atMs >= answer.atMs, reply === undefined],
      {
        depends: {
          en: 'On how the other side closed: after shutdown() it read all 64 KiB that came later, after close() its kernel answered the first byte with RST. The FIN looks the same in both cases; a program learns which it was only by sending.',
          zh: '取决于对方怎样关闭：用 shutdown() 关闭的一方，收完了之后到来的全部 64 KiB；用 close() 关闭的一方，内核对随后到达的数据立即回应 RST。两种情况下的 FIN 完全一样，只有发送之后才知道是哪一种。',
        },
      },
      [...quoteSegments(halfClosed, end, answer, taken), ...quoteSegments(closed, theirs, sent, reply)],
    );
  },
});
