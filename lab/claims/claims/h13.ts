import { type ClaimEvidence, claim, type Said, settledBy } from '../claim.ts';
import { PATIENCE_MS, UNIX_QUEUE } from '../runs/unix-queue.ts';

export const h13 = claim({
  id: 'H13',
  exercises: [5],
  text: {
    en: 'When the queue is full, connect() on a UNIX-domain socket returns ECONNREFUSED',
    zh: '队列满时，对 UNIX 域套接字调用 connect() 返回 ECONNREFUSED',
  },
  runs: { unix: UNIX_QUEUE },
  settle({ unix }) {
    const call = (text: string): ClaimEvidence => ({ kind: 'call', host: 'lab', text });
    const waits = Number(unix.waitedMs) >= PATIENCE_MS && unix.room === '0';
    const waited: Said = {
      en: `On a full queue connect() returned ${unix.full} at once where it must not wait; where it might wait for ${PATIENCE_MS} ms it returned after ${unix.waitedMs} ms, with ${unix.patient}. When a connection had been accepted, the next connect() succeeded. ${unix.bound} is what it returned while nobody listened.`,
      zh: `队列满时，不许等待的 connect() 立即返回 ${unix.full}；可以等待 ${PATIENCE_MS} 毫秒的 connect() 在 ${unix.waitedMs} 毫秒后返回 ${unix.patient}。取走一个连接后，下一个 connect() 成功。没有监听时返回的才是 ${unix.bound}。`,
    };
    return settledBy(unix.full === 'ECONNREFUSED', waits ? { false: waited } : {}, [
      call(`connect() while the path is bound and nobody listens: ${unix.bound}`),
      call(`connect() while the queue has room: ${unix.queued}`),
      { kind: 'ss', host: 'lab', text: unix.ss },
      call(`connect() on the full queue, O_NONBLOCK: ${unix.full}`),
      call(
        `connect() on the full queue, SO_SNDTIMEO of ${PATIENCE_MS} ms: ${unix.patient} after ${unix.waitedMs} ms`,
      ),
      call(`connect() after one accept(): ${unix.room}`),
    ]);
  },
});
