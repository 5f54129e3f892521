import type { Connection } from '../../exercise/judge/connection.ts';
import { clientPort, numbers, opened, timeWait } from '../../exercises/20-port-exhaustion/ports.ts';
import { claim, settledBy, shown } from '../claim.ts';
import { ackOf, finOf } from '../ends.ts';
import { quoteSegments } from '../quote.ts';
import { PORT_EXHAUSTION } from '../runs/exercises.ts';

export const t06 = claim({
  id: 'T6',
  exercises: [18, 20],
  text: {
    en: 'During TIME_WAIT the ports at both ends cannot be used',
    zh: '在 TIME_WAIT 期间，连接两端的端口都不能使用',
  },
  runs: { exhausted: PORT_EXHAUSTION },
  settle({ exhausted }) {
    const { evidence, plan } = exhausted;
    const { closesLast, closesFirst } = numbers(plan);
    const waiting = opened(evidence, closesLast).before.flatMap((connection) => {
      const stay = timeWait(evidence, connection, 'client');
      if (stay === undefined) return [];
      // It begins with the ACK of the server's FIN; the look that first showed it may have been later.
      return [{ connection, fromMs: ackOf(connection, finOf(connection, 'server')).atMs, toMs: stay.toMs }];
    });
    const first = shown(waiting[0], 'nothing was in TIME_WAIT');
    const sameClientPort = opened(evidence, closesFirst).before.find((other) =>
      waiting.some(
        ({ connection, ...wait }) => clientPort(connection) === clientPort(other) && isDuring(wait, other),
      ),
    );
    const sameServerPort = waiting.find(({ connection }) => isDuring(first, connection))?.connection;
    const old = waiting.find(
      ({ connection }) =>
        sameClientPort !== undefined && clientPort(connection) === clientPort(sameClientPort),
    );
    return settledBy(
      [sameClientPort === undefined, sameServerPort === undefined],
      {
        false: {
          en: `TIME_WAIT takes a pair of ends at the side that closed first, not a port: from a port in TIME_WAIT the client connected to another port of the server, and the server’s port went on serving. Only the same pair is taken: with ${waiting.length} ports the client got ${waiting.length} connections to one server, and no more. Listening on such a port again is another question (T7).`,
          zh: `TIME_WAIT 占住的不是端口，而是先关闭一方的一对端点：客户端从处于 TIME_WAIT 的端口照样连上了服务器的另一个端口，服务器的端口也一直在服务。不能再用的只是同一对端点：${waiting.length} 个端口，到同一个服务器就只能有 ${waiting.length} 个连接。至于重新监听这样的端口，那是另一个问题（见 T7）。`,
        },
      },
      [
        ...quoteSegments(exhausted, ...(old?.connection.segments.slice(0, 1) ?? [])),
        ...quoteSegments(exhausted, ...(sameClientPort?.segments.slice(0, 2) ?? [])),
        ...quoteSegments(exhausted, ...(sameServerPort?.segments.slice(0, 2) ?? [])),
      ],
    );
  },
});

function isDuring(wait: { readonly fromMs: number; readonly toMs: number }, { fromMs }: Connection): boolean {
  return fromMs > wait.fromMs && fromMs < wait.toMs;
}
