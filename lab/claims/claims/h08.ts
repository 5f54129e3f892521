import { claim, settledBy, shown } from '../claim.ts';
import { opened, socketOf, timeOf } from '../ends.ts';
import { stateAt } from '../opening.ts';
import { quoteLives, quoteSs } from '../quote.ts';
import { ACCEPTED, ONE_OF_EACH, QUEUES } from '../runs/queues.ts';

export const h08 = claim({
  id: 'H8',
  exercises: [5],
  text: {
    en: 'listen() makes two queues, half-open and complete; accept() takes from the second',
    zh: 'listen() 建立两个队列：半连接队列和全连接队列；accept() 从后者取连接',
  },
  runs: { queues: QUEUES },
  settle({ queues }) {
    const { evidence, plan } = queues;
    const [complete, halfOpen] = [opened(queues, 0), opened(queues, 1)].map((each) =>
      socketOf(queues, each, 'server'),
    );
    const listener = shown(evidence.listeners('server', plan.port)[0], 'nobody listened');
    const waitingAt = (atMs: number): number | undefined =>
      listener.stays.flatMap(({ rows }) => rows).findLast((row) => row.atMs <= atMs)?.socket.receiveQueue;
    const [before, after] = [timeOf(queues, ONE_OF_EACH), timeOf(queues, ACCEPTED)];
    const isHalfOpen = [before, after].every(
      (atMs) => halfOpen !== undefined && stateAt(halfOpen, atMs) === 'SYN_RCVD',
    );
    return settledBy(
      isHalfOpen && waitingAt(before) === 1 && waitingAt(after) === 0,
      {
        true: {
          en: 'With one complete connection and one half-open, ss counted 1 in the listener’s Recv-Q; accept() made that 0, and left the half-open one in SYN_RCVD. Linux keeps the half-open ones in a table that all listeners share, and only counts them for each.',
          zh: '有一个完整连接和一个半开连接时，ss 显示监听套接字的 Recv-Q 为 1；accept() 之后变为 0，半开连接仍处于 SYN_RCVD。Linux 把半开连接放在所有监听套接字共用的表中，只为每个监听套接字计数。',
        },
      },
      [
        ...quoteSs(queues, 'server', new RegExp(`^(LISTEN|ESTAB|SYN-RECV) .*:${plan.port} `)),
        ...quoteLives(complete, halfOpen),
      ],
    );
  },
});
