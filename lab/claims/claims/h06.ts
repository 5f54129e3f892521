import { duration, stayIn } from '../../exercise/judge/life.ts';
import { claim, settledBy, shown } from '../claim.ts';
import { opened, socketOf, timeOf } from '../ends.ts';
import { handshakeOf, stateAt } from '../opening.ts';
import { quoteLives, quoteSegments, quoteSs } from '../quote.ts';
import { HANDSHAKE, SYN_RCVD } from '../runs/exercises.ts';
import { HANDSHAKE_IN_STEPS, SYN_ACK_ARRIVED } from '../runs/handshake-in-steps.ts';

/** What lasts longer can be seen by whoever asks the kernel again and again. */
const SHORT_MS = 20;

export const h06 = claim({
  id: 'H6',
  exercises: [4],
  text: {
    en: 'SYN_RCVD is too short to see unless the client withholds the final ACK',
    zh: '除非客户端扣住最后的 ACK，否则 SYN_RCVD 短得看不到',
  },
  runs: { ordinary: HANDSHAKE, withheld: SYN_RCVD, onTheWire: HANDSHAKE_IN_STEPS },
  settle({ ordinary, withheld, onTheWire }) {
    const { syn, ack } = handshakeOf(opened(ordinary));
    const withheldBy = opened(withheld);
    const held = shown(stayIn(socketOf(withheld, withheldBy, 'server'), 'SYN_RCVD'), 'nothing was withheld');
    const slow = opened(onTheWire);
    const [client, server] = [socketOf(onTheWire, slow, 'client'), socketOf(onTheWire, slow, 'server')];
    const atMs = timeOf(onTheWire, SYN_ACK_ARRIVED);
    const isSeen = stateAt(client, atMs) === 'ESTABLISHED' && stateAt(server, atMs) === 'SYN_RCVD';
    const shortMs = ack.atMs - syn.atMs;
    const evidence = [
      ...quoteSegments(ordinary, syn, ack),
      ...quoteLives(socketOf(withheld, withheldBy, 'server'), client, server),
      ...quoteSs(onTheWire, 'server', /^SYN-RECV /),
    ];
    if (isSeen && shortMs < SHORT_MS)
      return {
        verdict: 'depends',
        note: {
          en: `It depends on when the final ACK arrives, whoever keeps it. On an idle link that took ${brief(shortMs)}; a client that withheld it made ${duration(held.toMs - held.fromMs)} of it. The state was as plain to see when a client that was in ESTABLISHED had sent its ACK and only the wire was slow.`,
          zh: `取决于最后的 ACK 何时到达，不论被谁留住。空闲线路上只需 ${brief(shortMs)}；客户端扣住它时持续了 ${duration(held.toMs - held.fromMs)}。客户端已处于 ESTABLISHED 并发出了 ACK、只是线路慢时，这个状态同样清楚可见。`,
        },
        evidence,
      };
    return settledBy(!isSeen && shortMs < SHORT_MS, {}, evidence);
  },
});

/** A time that may be less than a tenth of a millisecond. */
function brief(ms: number): string {
  return ms < 0.1 ? `${(ms * 1_000).toFixed(0)} µs` : duration(ms);
}
