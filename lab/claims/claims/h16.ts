import { claim, settledBy, shown, Unsettled } from '../claim.ts';
import { replayed } from '../opening.ts';
import { quoteLives, quoteSegments, riseOf } from '../quote.ts';
import { STALE_SYN } from '../runs/exercises.ts';

export const h16 = claim({
  id: 'H16',
  exercises: [8],
  text: {
    en: 'The client ignores a SYN+ACK it did not ask for',
    zh: '客户端忽略并非自己请求的 SYN+ACK',
  },
  runs: { stale: STALE_SYN },
  settle({ stale }) {
    const { evidence, plan } = stale;
    const { syns, server } = replayed(stale);
    const [, again] = syns;
    const own = evidence.lives('client').some(({ stays }) => (stays.at(-1)?.toMs ?? 0) > again.atMs);
    if (own) throw new Unsettled('the client had a socket for it, so the SYN+ACK was not unasked for');
    const came = evidence.segments({
      to: 'client',
      flags: 'S.',
      source: { port: plan.port },
      afterMs: again.atMs,
    });
    const last = shown(came.at(-1), 'no SYN+ACK came to the client');
    const reset = evidence.segments({ from: 'client', has: 'R', afterMs: last.atMs })[0];
    if (reset === undefined && stale.trouble !== undefined)
      throw new Unsettled('no RST arrived, and nobody counted whether one was sent');
    const { rise, quote } = riseOf(evidence, 'client', 'OutRsts');
    return settledBy(
      reset === undefined && rise === 0,
      {
        false: {
          en: 'The client’s kernel has no socket for it and answers with RST, numbered as the SYN+ACK asks for. That is what ends the half-open connection on the server; silence would leave it there until its retransmissions are over.',
          zh: '客户端的内核没有对应的套接字，于是以 RST 回应，序号正是 SYN+ACK 所要求的。正是它结束了服务器上的半开连接；若保持沉默，该连接会一直留到重传用尽。',
        },
      },
      [...quoteSegments(stale, last, reset), ...quote, ...quoteLives(server)],
    );
  },
});
