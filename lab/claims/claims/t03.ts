import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { type ClaimEvidence, claim, settledBy, shown, Unsettled } from '../claim.ts';
import { opened, socketOf, stayOf } from '../ends.ts';
import { quoteSegments } from '../quote.ts';
import { LOST_LAST_ACK } from '../runs/lost-last-ack.ts';

const TIME_WAIT_MS = 60_000;

export const t03 = claim({
  id: 'T3',
  exercises: [17],
  text: {
    en: 'That acknowledgement starts the 2 MSL again',
    zh: '这次确认使 2 MSL 重新开始计时',
  },
  runs: { lost: LOST_LAST_ACK },
  settle({ lost }) {
    const connection = opened(lost);
    const { rows } = stayOf(socketOf(lost, connection, 'client'), 'TIME_WAIT');
    const after = shown(rows.at(-1), 'the timer was not read');
    const fins = segmentsOf(connection, { from: 'server', has: 'F', beforeMs: after.atMs });
    const [before, again] = [
      shown(fins.at(-2), 'no FIN came again'),
      shown(fins.at(-1), 'no FIN came again'),
    ];
    const read = rows.findLast(({ atMs }) => atMs > before.atMs && atMs < again.atMs);
    const fell = shown(read, 'the timer was not read between two FINs');
    // Without a new start the timer would be behind by the time between the two FINs.
    const apartMs = again.atMs - before.atMs;
    const setToMs = after.socket.timerMs + after.atMs - again.atMs;
    if (setToMs > TIME_WAIT_MS + apartMs / 2) throw new Unsettled('the timer was not read in time');
    const fellMs = TIME_WAIT_MS - fell.socket.timerMs;
    return settledBy(
      setToMs > TIME_WAIT_MS - apartMs / 2,
      {
        true: {
          en: `The timer of TIME_WAIT had run down by ${fellMs} ms when it was read before the FIN came again, and with that FIN it was set to 60 s anew. So whoever keeps sending a FIN keeps TIME_WAIT alive.`,
          zh: `重发的 FIN 到来之前读到的 TIME_WAIT 定时器已经走掉 ${fellMs} 毫秒；这个 FIN 使它重新从 60 秒开始。因此，只要对方不断重发 FIN，TIME_WAIT 就不会结束。`,
        },
      },
      [
        reading(fell.atMs, fell.socket.timerMs),
        ...quoteSegments(lost, again),
        reading(after.atMs, after.socket.timerMs),
      ],
    );
  },
});

function reading(atMs: number, timerMs: number): ClaimEvidence {
  const text = `${atMs.toFixed(1)} ms  TIME_WAIT, timer at ${(timerMs / 1_000).toFixed(3)} s`;
  return { kind: 'states', host: 'client', text };
}
