import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { claim, settledBy, shown } from '../claim.ts';
import { opened, resetOf, socketOf, timeOf } from '../ends.ts';
import { quoteLives, quoteSegments } from '../quote.ts';
import { KEEPALIVE } from '../runs/exercises.ts';
import { BACK, HALF_OPEN, TOLD } from '../runs/half-open.ts';

export const r08 = claim({
  id: 'R8',
  exercises: [24],
  text: {
    en: 'A half-open connection is found out by sending on it, or when the peer reconnects',
    zh: '半打开的连接，要在向它发送数据时，或者对端重新连接时，才会被发现',
  },
  runs: { sends: HALF_OPEN, reconnects: KEEPALIVE },
  settle({ sends, reconnects }) {
    const left = opened(sends);
    const leftLife = socketOf(sends, left, 'server');
    const [backMs, toldMs] = [timeOf(sends, BACK), timeOf(sends, TOLD)];
    const data = shown(segmentsOf(left, { from: 'server', payload: 'some' })[0], 'the server sent nothing');
    const reset = resetOf(left, 'client', data.atMs);
    const goneMs = leftLife.goneMs ?? Number.POSITIVE_INFINITY;

    const [old, fresh] = [opened(reconnects), opened(reconnects, 1)];
    const oldLife = socketOf(reconnects, old, 'server');
    const syn = fresh.segments[0];
    const ended = resetOf(fresh, 'client');
    return settledBy(
      [
        backMs < toldMs && goneMs > toldMs && goneMs >= reset.atMs,
        oldLife.goneMs !== undefined && oldLife.goneMs >= ended.atMs,
      ],
      {
        true: {
          en: 'The server had the connection in ESTABLISHED until it sent something, or until a SYN came with the same addresses and ports: both times an RST from the host that had forgotten ended it. TCP itself never asks; keepalive, when it is switched on, sends a probe in the program’s place.',
          zh: '服务器一直处于 ESTABLISHED，直到它发送数据，或者收到地址和端口都相同的 SYN：两次都是那台已经忘记连接的主机发来 RST，连接才结束。TCP 自己从不主动询问；打开 keepalive，内核才会替程序发送探测。',
        },
      },
      [
        ...quoteSegments(sends, data, reset),
        ...quoteLives(leftLife),
        ...quoteSegments(reconnects, syn, segmentsOf(fresh, { from: 'server' })[0], ended),
        ...quoteLives(oldLife),
      ],
    );
  },
});
