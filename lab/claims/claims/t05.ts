import { bytesFrom, words } from '../../exercises/19-old-duplicates/two-times.ts';
import { claim, settledBy, shown } from '../claim.ts';
import { firstTimeWait, opened, stayOf, timeOf } from '../ends.ts';
import { quoteLives, quoteSegments } from '../quote.ts';
import { OLD_DUPLICATES } from '../runs/exercises.ts';
import { OLD_NUMBER, ORDERS, oldAndNew } from '../runs/old-number.ts';

export const t05 = claim({
  id: 'T5',
  exercises: [19],
  text: {
    en: 'TIME_WAIT keeps old duplicates out of a new connection with the same addresses and ports',
    zh: 'TIME_WAIT 使旧的重复报文段不会混入地址和端口都相同的新连接',
  },
  runs: { higher: OLD_DUPLICATES, overlapping: OLD_NUMBER },
  settle({ higher, overlapping }) {
    const { evidence, plan } = overlapping;
    const [guardedMs, resetMs, unguardedMs] = [ORDERS.guarded, ORDERS.reset, ORDERS.unguarded].map((step) =>
      timeOf(overlapping, step),
    ) as [number, number, number];
    const from = { from: 'client', flags: 'S' };
    const refused = shown(evidence.segments({ ...from, afterMs: guardedMs })[0], 'no SYN met TIME_WAIT');
    const answer = evidence.segments({ from: 'server', afterMs: refused.atMs, beforeMs: resetMs })[0];
    const welcome = evidence.segments({ from: 'server', flags: 'S.', afterMs: guardedMs })[0];
    const taken = evidence.segments({ from: 'server', payload: 'some', afterMs: unguardedMs })[0];
    const { old, fresh } = oldAndNew(plan);
    const mixed = Buffer.from(taken?.segment.payload ?? []).toString() === fresh + old;

    const echoed = bytesFrom(opened(higher, 1), 'server');
    const life = firstTimeWait(overlapping, 'server');
    return settledBy(
      [
        stayOf(life, 'TIME_WAIT').toMs > resetMs && (welcome === undefined || welcome.atMs > resetMs),
        echoed === words(higher.plan).fresh,
      ],
      {
        true: {
          en: `It does not forbid a new connection, it guards its numbers: a SYN above all old ones is taken at once, and old data are then below the window; a SYN among them earns only an ACK. ${mixed ? 'With TIME_WAIT reset the same SYN was taken, and the old bytes were delivered in the new connection.' : ''}`.trim(),
          zh: `它并不禁止新连接，而是守住序号：序号高于旧连接的 SYN 立即被接受，旧数据落在窗口之外；序号落在旧范围内的 SYN 只会得到一个 ACK。${mixed ? 'TIME_WAIT 被 RST 清除之后，同样的 SYN 被接受，旧字节就混进了新连接。' : ''}`,
        },
      },
      [...quoteSegments(overlapping, refused, answer, welcome, taken), ...quoteLives(life)],
    );
  },
});
