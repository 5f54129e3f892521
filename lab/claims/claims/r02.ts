import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { type ClaimEvidence, claim, settledBy } from '../claim.ts';
import { opened, resetOf } from '../ends.ts';
import { quoteSegments } from '../quote.ts';
import { ABORT } from '../runs/exercises.ts';

/** What the client has written when it aborts. */
const WRITTEN = 1 << 20;

export const r02 = claim({
  id: 'R2',
  exercises: [22],
  text: {
    en: 'An abortive close discards unsent data and sends RST at once',
    zh: '异常关闭会丢弃尚未发送的数据，并立即发送 RST',
  },
  runs: { aborts: ABORT },
  settle({ aborts }) {
    const connection = opened(aborts);
    const reset = resetOf(connection, 'client');
    const sent = segmentsOf(connection, { from: 'client', payload: 'some' });
    const bytes = sent.reduce((sum, { segment }) => sum + segment.payload.length, 0);
    const after = segmentsOf(connection, { from: 'client', not: 'R', afterMs: reset.atMs });
    const fin = segmentsOf(connection, { from: 'client', has: 'F' });
    const count: ClaimEvidence = {
      kind: 'call',
      host: 'client',
      text: `write() ${WRITTEN} bytes, of which ${bytes} were sent before the RST`,
    };
    return settledBy(
      bytes < WRITTEN && after.length === 0 && fin.length === 0,
      {
        true: {
          en: `With SO_LINGER at zero seconds close() sent RST and no FIN: of the 1 MiB that the program had written ${Math.round(bytes / 1_024)} KiB had left, and nothing followed. Neither end keeps TIME_WAIT.`,
          zh: `SO_LINGER 设为零秒时，close() 发出 RST 而不是 FIN：程序写入的 1 MiB 中只发出了 ${Math.round(bytes / 1_024)} KiB，此后再无数据。两端都没有 TIME_WAIT。`,
        },
      },
      [count, ...quoteSegments(aborts, sent.at(-1), reset)],
    );
  },
});
