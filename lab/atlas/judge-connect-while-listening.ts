import type { Evidence } from '../exercise/judge/evidence.ts';
import { segmentEvidence } from '../exercise/judge/segment-evidence.ts';
import type { Plan } from '../exercise/plan.ts';
import type { EvidenceLine, Finding } from './finding.ts';
import { describeSocket, ssEvidence } from './judge-transition.ts';
import type { Provocation } from './provocation.ts';
import { agrees, ssRuns } from './ss-runs.ts';

/**
 * A program sends and connects on a socket that listens, and then connects with another one, whose SYN shows that it came so
 * far. Unreachable: the listener is LISTEN from first to last, and no SYN has left its port. What the program printed is
 * quoted; nothing is drawn from it.
 */
export function judgeConnectWhileListening(evidence: Evidence, plan: Plan, { host }: Provocation): Finding {
  const listener = evidence.listeners(host, plan.port)[0];
  const synOf = (own: boolean): ReturnType<Evidence['segments']>[number] | undefined =>
    evidence
      .segments({ from: host, flags: 'S' })
      .find(({ segment: { source } }) => (source.port === plan.port) === own);
  const [wrong, after] = [synOf(true), synOf(false)];
  const rows = listener === undefined ? [] : [{ life: listener, state: 'LISTEN' as const }];
  const run =
    after === undefined
      ? undefined
      : ssRuns(evidence, host).find((each) => each.atMs > after.atMs && agrees(each, rows));
  const missing: string[] = [];
  if (listener === undefined) missing.push(`nothing listened on the ${host}`);
  else if (listener.stays.some(({ state }) => state !== 'LISTEN'))
    missing.push(`the listening socket did not stay LISTEN: ${describeSocket(listener)}`);
  if (wrong !== undefined) missing.push('a SYN left the port of the listening socket');
  if (after === undefined)
    missing.push(`no SYN of the second socket arrived, so nothing shows that the ${host} tried`);
  else if ((listener?.goneMs ?? evidence.endMs) < after.atMs)
    missing.push('the listening socket was gone before the second one connected');
  if (run === undefined) missing.push(`ss on the ${host} did not show LISTEN after it`);
  const lines: EvidenceLine[] = [
    ...(listener === undefined ? [] : [{ kind: 'sock_diag' as const, host, text: describeSocket(listener) }]),
    ...evidence.output(host).map(({ text }) => ({ kind: 'program' as const, host, text })),
    ...(run === undefined ? [] : ssEvidence(host, run, rows)),
    ...[wrong, after].flatMap((syn) => (syn === undefined ? [] : [segmentEvidence(evidence, syn)])),
  ];
  return missing.length === 0
    ? { verdict: 'unreachable', evidence: lines }
    : { verdict: 'unsettled', evidence: lines, missing };
}
