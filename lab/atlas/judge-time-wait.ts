import type { Evidence } from '../exercise/judge/evidence.ts';
import { duration, stayIn } from '../exercise/judge/life.ts';
import type { Plan } from '../exercise/plan.ts';
import { isMeant } from './crossing.ts';
import type { EvidenceLine, Finding } from './finding.ts';
import { describeSocket, judgeTransition, notTaken, ssEvidence } from './judge-transition.ts';
import type { Provocation } from './provocation.ts';
import { agrees, ssRuns } from './ss-runs.ts';

/** How far a timer may be from the clock beside it, in milliseconds: it counts in jiffies, and a look takes its time. */
const OFF_MS = 60;

/**
 * The end of TIME_WAIT by its timer: observed when it was waited for, and the socket went when the timer said so. Pending when
 * the run ended before: then two samples must show the kernel's own timer run down as the clock goes on.
 */
export function judgeTimeWait(evidence: Evidence, plan: Plan, provocation: Provocation): Finding {
  const { host } = provocation;
  const life = evidence
    .lives(host)
    .find((one) => isMeant(provocation, plan, one) && stayIn(one, 'TIME_WAIT') !== undefined);
  const stay = life === undefined ? undefined : stayIn(life, 'TIME_WAIT');
  const samples = stay?.rows.filter(({ socket }) => socket.timer === 'time-wait' && socket.timerMs > 0) ?? [];
  const [first, last] = [samples[0], samples.at(-1)];
  if (life === undefined || stay === undefined || first === undefined || last === undefined)
    return notTaken(evidence, plan, provocation);
  const timer = `its timer: ${duration(first.socket.timerMs)} at ${duration(first.atMs)}`;

  if (life.goneMs !== undefined) {
    const finding = judgeTransition(evidence, plan, provocation);
    const dueMs = first.atMs + first.socket.timerMs;
    const evidenceLines: EvidenceLine[] = [
      ...finding.evidence,
      { kind: 'sock_diag', host, text: `${timer}; gone at ${duration(life.goneMs)}` },
    ];
    if (life.goneMs >= dueMs - OFF_MS) return { ...finding, evidence: evidenceLines };
    const missing = [`it was gone ${duration(dueMs - life.goneMs)} before its timer was due`];
    return { verdict: 'unsettled', evidence: evidenceLines, missing };
  }

  const passedMs = last.atMs - first.atMs;
  const countedMs = first.socket.timerMs - last.socket.timerMs;
  const rows = [{ life, state: 'TIME_WAIT' as const }];
  const run = ssRuns(evidence, host).findLast((each) => agrees(each, rows));
  const missing: string[] = [];
  if (passedMs < OFF_MS || Math.abs(passedMs - countedMs) > OFF_MS)
    missing.push(`its timer went down by ${duration(countedMs)} in ${duration(passedMs)}`);
  if (run === undefined) missing.push(`ss on the ${host} did not show TIME_WAIT`);
  const lines: EvidenceLine[] = [
    { kind: 'sock_diag', host, text: describeSocket(life) },
    { kind: 'sock_diag', host, text: `${timer}, ${duration(last.socket.timerMs)} at ${duration(last.atMs)}` },
    ...(run === undefined ? [] : ssEvidence(host, run, rows)),
  ];
  return missing.length === 0
    ? { verdict: 'pending', evidence: lines }
    : { verdict: 'unsettled', evidence: lines, missing };
}
