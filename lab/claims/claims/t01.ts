import { segmentsOf } from '../../exercise/judge/evidence.ts';
import { claim, settledBy, shown } from '../claim.ts';
import { opened, socketOf, stayOf } from '../ends.ts';
import { quoteKnob, quoteLives, quoteSegments } from '../quote.ts';
import { TIME_WAIT_MINUTE } from '../runs/time-wait-minute.ts';

/** RFC 9293 section 3.4.2: the maximum segment lifetime is arbitrarily defined to be two minutes. */
const RFC_MS = 2 * 120_000;
/** Twice the shortest MSL that is said to be in use. */
const LEAST_MS = 2 * 30_000;
/** The clock of the kernel's timers is coarse that far ahead: it runs out up to so much too late, and hardly too early. */
const LATE_MS = 5_500;
const EARLY_MS = 60;

export const t01 = claim({
  id: 'T1',
  exercises: [17],
  text: {
    en: 'TIME_WAIT lasts 2 MSL; MSL is 2 minutes in the RFC, 30 s to 2 min in practice',
    zh: 'TIME_WAIT 持续 2 MSL；RFC 规定 MSL 为 2 分钟，实际实现取 30 秒到 2 分钟',
  },
  runs: { waits: TIME_WAIT_MINUTE },
  settle({ waits }) {
    const connection = opened(waits);
    const life = socketOf(waits, connection, 'server');
    stayOf(life, 'TIME_WAIT');
    const goneMs = shown(life.goneMs, 'TIME_WAIT had not ended');
    const last = shown(segmentsOf(connection, { from: 'client', has: 'F' }).at(-1), 'no FIN came');
    const lastedMs = goneMs - last.atMs;
    const seconds = (lastedMs / 1_000).toFixed(1);
    return settledBy(
      [lastedMs >= RFC_MS - EARLY_MS, lastedMs >= LEAST_MS - EARLY_MS && lastedMs <= RFC_MS + LATE_MS],
      {
        depends: {
          en: `On the system. Linux knows no MSL: its TIME_WAIT is a constant of 60 s, measured here as ${seconds} s after the last FIN, and tcp_fin_timeout, which was 1 s, has no part in it. Going by the RFC’s two minutes it would be four.`,
          zh: `取决于系统。Linux 里没有 MSL：TIME_WAIT 是 60 秒的常量，这里测得最后一个 FIN 之后 ${seconds} 秒；当时 tcp_fin_timeout 设为 1 秒，对它毫无影响。按 RFC 的两分钟计算，应当是四分钟。`,
        },
      },
      [...quoteKnob(waits, 'server', 'tcp_fin_timeout'), ...quoteSegments(waits, last), ...quoteLives(life)],
    );
  },
});
