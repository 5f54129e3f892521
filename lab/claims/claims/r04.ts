import { claim, settledBy, shown } from '../claim.ts';
import { opened, resetOf, socketOf, timeOf } from '../ends.ts';
import { quoteLives, quoteSegments } from '../quote.ts';
import { WRITE_AFTER_CLOSE } from '../runs/exercises.ts';
import { ORDERS, RESET_BY_NUMBER } from '../runs/reset-by-number.ts';

export const r04 = claim({
  id: 'R4',
  exercises: [22],
  text: {
    en: 'A RST is not acknowledged; the receiver drops the connection and tells the application',
    zh: 'RST 不会被确认；接收方丢弃连接，并通知应用程序',
  },
  runs: { byNumber: RESET_BY_NUMBER, told: WRITE_AFTER_CLOSE },
  settle({ byNumber, told }) {
    const { evidence } = byNumber;
    const connection = opened(byNumber);
    const [inWindowMs, exactMs, dataMs] = [ORDERS.inWindow, ORDERS.exact, ORDERS.data].map((step) =>
      timeOf(byNumber, step),
    ) as [number, number, number];
    const inWindow = resetOf(connection, 'client', inWindowMs);
    const exact = resetOf(connection, 'client', exactMs);
    const challenge = evidence.segments({ from: 'server', afterMs: inWindow.atMs, beforeMs: exactMs })[0];
    const answer = evidence.segments({ from: 'server', afterMs: exact.atMs, beforeMs: dataMs });
    const life = socketOf(byNumber, connection, 'server');
    const goneMs = shown(life.goneMs, 'the connection was still there');

    const reset = resetOf(opened(told), 'server');
    // The program connects anew when a write fails, and not before.
    const reaction = opened(told, 1).segments[0];
    return settledBy(
      [
        answer.length === 0 && goneMs < dataMs,
        reaction !== undefined && reaction.atMs > reset.atMs,
        challenge === undefined && goneMs < exactMs,
      ],
      {
        depends: {
          en: 'On its sequence number. With exactly the next one it ends the connection without an answer, and the program learns of it at its next call. Any other in the window is not obeyed: the kernel sends a challenge ACK (RFC 5961), and the connection lives on.',
          zh: '取决于它的序号。序号恰好是下一个期望值时，连接立即终止，没有任何回应，程序在下一次调用时得知。序号只是落在窗口内则不被采信：内核回一个挑战 ACK（RFC 5961），连接继续存在。',
        },
      },
      [
        ...quoteSegments(byNumber, inWindow, challenge, exact),
        ...quoteLives(life),
        ...quoteSegments(told, reset, reaction),
      ],
    );
  },
});
