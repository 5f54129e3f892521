import type { Evidence } from '../exercise/judge/evidence.ts';
import { duration, stayIn } from '../exercise/judge/life.ts';
import { segmentEvidence } from '../exercise/judge/segment-evidence.ts';
import type { Plan } from '../exercise/plan.ts';
import { FIN, RST } from '../tcp/flags.ts';
import { isMeant } from './crossing.ts';
import type { EvidenceLine, Finding } from './finding.ts';
import { describeSocket, exchangeOf, judgeTransition, notTaken, ssEvidence } from './judge-transition.ts';
import type { Provocation } from './provocation.ts';
import { agrees, ssRuns } from './ss-runs.ts';

/** The step of the play that ends the wait. */
export const ACK_LET_THROUGH = 'the ACK is let through';

/** A socket that has sent no FIN for so long after it was closed, in milliseconds, waits for something. */
const DEFERRED_MS = 300;

/**
 * A shutdown() in SYN_RCVD. That it was called ss shows: the socket's sending side is shut down. RFC 9293 section 3.10.4 has it
 * send a FIN and enter FIN_WAIT_1 at once; then the edge is observed. When it stays in SYN_RCVD without a FIN, and goes on to
 * FIN_WAIT_1 only after the ACK of its SYN was let through, it deviates.
 */
export function judgeDeferredClose(evidence: Evidence, plan: Plan, provocation: Provocation): Finding {
  const { host } = provocation;
  const life = evidence.lives(host).find((one) => isMeant(provocation, plan, one));
  const [stay, finWait] = (['SYN_RCVD', 'FIN_WAIT_1'] as const).map((state) => life && stayIn(life, state));
  if (life === undefined || stay === undefined || finWait === undefined)
    return notTaken(evidence, plan, provocation);
  const fin = exchangeOf(evidence, host, life).sent.find(
    ({ segment }) => (segment.flags & (FIN | RST)) === FIN,
  );
  const acknowledgedMs = evidence.when(ACK_LET_THROUGH) ?? evidence.endMs;
  if (fin === undefined || finWait.fromMs < acknowledgedMs)
    return judgeTransition(evidence, plan, provocation);

  const runs = ssRuns(evidence, host);
  const shut = runs.find(
    (run) => agrees(run, [{ life, state: 'SYN_RCVD' }]) && run.lines.some((line) => isShutDown(line)),
  );
  const rows = [{ life, state: 'FIN_WAIT_1' as const }];
  const after = runs.find((run) => run.atMs >= finWait.fromMs && agrees(run, rows));
  const deferredMs = shut === undefined ? 0 : acknowledgedMs - shut.atMs;
  const missing: string[] = [];
  if (shut === undefined)
    missing.push(`ss on the ${host} did not show SYN_RCVD with its sending side shut down`);
  if (after === undefined) missing.push(`ss on the ${host} did not show FIN_WAIT_1 at the end`);
  if (deferredMs < DEFERRED_MS) missing.push(`SYN_RCVD was watched for ${duration(deferredMs)} only`);
  if (fin.atMs < acknowledgedMs) missing.push(`the ${host} sent a FIN before the ACK was let through`);
  const lines: EvidenceLine[] = [
    { kind: 'sock_diag', host, text: describeSocket(life) },
    ...(shut === undefined ? [] : ssEvidence(host, shut, rows)),
    ...(shut === undefined
      ? []
      : [
          {
            kind: 'sock_diag' as const,
            host,
            text: `in SYN_RCVD for ${duration(deferredMs)} more, without a FIN`,
          },
        ]),
    segmentEvidence(evidence, fin),
    ...(after === undefined ? [] : ssEvidence(host, after, rows)),
  ];
  return missing.length === 0
    ? { verdict: 'deviates', evidence: lines }
    : { verdict: 'unsettled', evidence: lines, missing };
}

/** Whether a line of `ss -e` shows a socket that will send nothing more, but still receives: its last word. ss(8). */
export function isShutDown(line: string): boolean {
  return line.endsWith(' <--');
}
