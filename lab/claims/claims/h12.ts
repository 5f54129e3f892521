import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { duration, stayIn } from '../../exercise/judge/life.ts';
import { rejected } from '../../exercises/05-two-queues/queues.ts';
import { claim, settledBy, shown } from '../claim.ts';
import { opened, socketOf, timeOf } from '../ends.ts';
import { quoteLives, quoteSegments, quoteSs, riseOf } from '../quote.ts';
import { TWO_QUEUES } from '../runs/exercises.ts';
import { FULL, FULL_QUEUE, GIVES_UP, PATIENT, ROOM } from '../runs/full-queue.ts';

export const h12 = claim({
  id: 'H12',
  exercises: [5],
  text: {
    en: 'When the queue is full, TCP clients retransmit their SYN and finally time out',
    zh: '队列满时，TCP 客户端重传 SYN，最终超时',
  },
  runs: { full: FULL_QUEUE, lateAck: TWO_QUEUES },
  settle({ full, lateAck }) {
    timeOf(full, FULL);
    const roomMs = timeOf(full, ROOM);
    const [givesUp, patient] = [opened(full, GIVES_UP), opened(full, PATIENT)];
    const [left, stayed] = [socketOf(full, givesUp, 'client'), socketOf(full, patient, 'client')];
    const syns = segmentsOf(givesUp, { from: 'client', flags: 'S' });
    const answers = segmentsOf(givesUp, { from: 'server' });
    const timesOut =
      syns.length > 1 &&
      answers.length === 0 &&
      left.goneMs !== undefined &&
      stayIn(left, 'ESTABLISHED') === undefined;
    const gotIn = (stayIn(stayed, 'ESTABLISHED')?.fromMs ?? 0) > roomMs;
    const third = shown(rejected(lateAck.evidence, lateAck.plan), 'no ACK found the queue full');
    const believes = socketOf(lateAck, third, 'client');
    const reset = segmentsOf(third, { from: 'server', has: 'R' })[0];
    const quotes = [
      ...quoteSs(full, 'server', /^LISTEN /),
      ...riseOf(full.evidence, 'server', 'ListenOverflows').quote,
      ...quoteSegments(full, ...syns, ...patient.segments.slice(0, 4)),
      ...quoteSegments(lateAck, reset),
      ...quoteLives(left, stayed, believes),
    ];
    if (timesOut && gotIn && stayIn(believes, 'ESTABLISHED') !== undefined)
      return {
        verdict: 'depends',
        note: {
          en: `It depends on when the queue fills, and for how long. A SYN that found it full was dropped, sent again, and given up after ${duration((left.goneMs ?? 0) - givesUp.fromMs)}; a client that got room meanwhile was in ESTABLISHED after its second SYN. One whose SYN had found room and whose ACK did not was in ESTABLISHED all the time${reset === undefined ? '' : ', until tcp_abort_on_overflow made the server reset it'}.`,
          zh: `取决于队列何时满、满多久。遇到队列已满的 SYN 被丢弃、重传，${duration((left.goneMs ?? 0) - givesUp.fromMs)}后客户端放弃；期间等到空位的客户端在第二个 SYN 后进入 ESTABLISHED。SYN 时有空位而 ACK 时没有的客户端一直处于 ESTABLISHED${reset === undefined ? '' : '，直到 tcp_abort_on_overflow 让服务器将其复位'}。`,
        },
        evidence: quotes,
      };
    return settledBy(timesOut, {}, quotes);
  },
});
