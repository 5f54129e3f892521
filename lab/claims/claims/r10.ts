import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { claim, settledBy, Unsettled } from '../claim.ts';
import { opened, socketOf, stayOf, timeOf } from '../ends.ts';
import { quoteSegments, quoteSs } from '../quote.ts';
import { CTRL_C, GREETS, INTERRUPTED } from '../runs/interrupted.ts';

export const r10 = claim({
  id: 'R10',
  exercises: [26],
  text: {
    en: 'Ending a program with Ctrl-C still closes its connections in an orderly way',
    zh: '用 Ctrl-C 结束程序，它的连接仍会正常关闭',
  },
  runs: { interrupted: INTERRUPTED },
  settle({ interrupted }) {
    const afterMs = timeOf(interrupted, CTRL_C);
    const quiet = opened(interrupted);
    const unread = opened(interrupted, 0, interrupted.plan.port + GREETS);
    const before = stayOf(socketOf(interrupted, unread, 'client'), 'ESTABLISHED').rows.findLast(
      ({ atMs }) => atMs <= afterMs,
    );
    if ((before?.socket.receiveQueue ?? 0) === 0) throw new Unsettled('no bytes were unread');
    const [first, second] = [quiet, unread].map(
      (connection) => segmentsOf(connection, { from: 'client', afterMs })[0],
    );
    const fins = [quiet, unread].map(
      (connection) => segmentsOf(connection, { from: 'client', has: 'F', afterMs }).length > 0,
    );
    return settledBy(
      fins,
      {
        depends: {
          en: 'On whether it has read everything that came. The kernel closes the sockets of a program that ends, whatever ends it: with an empty queue it sends FIN, with unread bytes RST.',
          zh: '取决于收到的数据是否都已读走。不论程序怎样结束，内核都会关闭它的套接字：队列为空，发送 FIN；还有未读字节，发送 RST。',
        },
      },
      [...quoteSs(interrupted, 'client', /^ESTAB /), ...quoteSegments(interrupted, first, second)],
    );
  },
});
