import type { Evidence } from '../exercise/judge/evidence.ts';
import { describeLife, type Life } from '../exercise/judge/life.ts';
import { segmentEvidence } from '../exercise/judge/segment-evidence.ts';
import type { Plan } from '../exercise/plan.ts';
import { traceLine } from '../observe/lines.ts';
import type { SegmentEvent } from '../observe/timeline.ts';
import { sameEndpoint } from '../tcp/address.ts';
import { RST } from '../tcp/flags.ts';
import { answerTo, type Exchange, isCausedBySegment, isEvent } from './cause.ts';
import { type Crossing, crossingOf, isMeant, type Row } from './crossing.ts';
import type { EvidenceLine, Finding } from './finding.ts';
import type { Provocation } from './provocation.ts';
import { agrees, linesAbout, type SsRun, ssRuns } from './ss-runs.ts';

/** A look may carry a time this much later than its rows are, in milliseconds. */
const LOOK_MS = 30;

/**
 * Holds what was seen against an edge. It is observed when sock_diag shows one socket on both sides of it, ss agrees on both
 * sides, the segment that causes it arrived in between (or for a call of the program: no RST did), and what it sends was sent.
 */
export function judgeTransition(evidence: Evidence, plan: Plan, provocation: Provocation): Finding {
  const { edge, host } = provocation;
  const crossing = crossingOf(provocation, evidence, plan);
  if (crossing === undefined) return notTaken(evidence, plan, provocation);
  const missing: string[] = [];
  const lines: EvidenceLine[] = [{ kind: 'sock_diag', host, text: describeSocket(crossing.life) }];

  const runs = ssRuns(evidence, host);
  const before = runs.findLast((run) => run.atMs <= crossing.beforeMs && agrees(run, crossing.before));
  const after = runs.find((run) => run.atMs >= crossing.beforeMs && agrees(run, crossing.after));
  const sides = [
    { when: 'before', run: before, rows: crossing.before },
    { when: 'after', run: after, rows: crossing.after },
  ];
  for (const { when, run, rows } of sides) {
    if (run === undefined) missing.push(`ss on the ${host} did not show ${statesOf(rows)} ${when} it`);
    else lines.push(...ssEvidence(host, run, rows));
  }

  const exchange = exchangeOf(evidence, host, crossing.life);
  const between = exchange.arrived.filter((event) => isBetween(event, crossing));
  const cause = between.findLast((event) => isEvent(edge, event, exchange));
  if (cause !== undefined) lines.push(segmentEvidence(evidence, cause));
  else if (isCausedBySegment(edge)) missing.push(`no segment arrived on the ${host} that is "${edge.event}"`);
  else if (between.some(({ segment }) => (segment.flags & RST) !== 0))
    missing.push(`an RST arrived on the ${host}, so ${edge.event} need not have been the cause`);

  const answer = edge.sends === '' ? undefined : answerTo(edge, exchange, crossing.afterMs - LOOK_MS, cause);
  if (answer !== undefined) lines.push(segmentEvidence(evidence, answer));
  else if (edge.sends !== '') missing.push(`the ${host} sent no ${edge.sends} with it`);

  lines.push(...traced(evidence, crossing.life, provocation));
  return missing.length === 0
    ? { verdict: 'observed', evidence: lines }
    : { verdict: 'unsettled', evidence: lines, missing };
}

/** Nothing took the edge: what the sockets that were meant did instead. */
export function notTaken(evidence: Evidence, plan: Plan, provocation: Provocation): Finding {
  const { edge, host } = provocation;
  const lives = evidence.lives(host).filter((life) => isMeant(provocation, plan, life));
  const seen = lives.length === 0 ? 'no socket' : lives.map(describeLife).join('; ');
  return {
    verdict: 'unsettled',
    evidence: lives.map((life) => ({ kind: 'sock_diag', host, text: describeSocket(life) })),
    missing: [`no socket on the ${host} went from ${edge.from} to ${edge.to}: sock_diag showed ${seen}`],
  };
}

/** The segments between a socket's two ends. */
export function exchangeOf(evidence: Evidence, host: string, { local, remote }: Life): Exchange {
  const own = evidence
    .segments()
    .filter(({ segment: { source, destination } }) =>
      [source, destination].every((end) => sameEndpoint(end, local) || sameEndpoint(end, remote)),
    );
  return {
    sent: own.filter(({ from }) => from === host),
    arrived: own.filter(({ to }) => to === host),
  };
}

/** A socket's life, with its cookie: by that it is one and the same. */
export function describeSocket(life: Life): string {
  return `sk:${life.cookie}  ${describeLife(life)}`;
}

/** The lines of a run of ss about some sockets. */
export function ssEvidence(host: string, run: SsRun, rows: readonly Row[]): EvidenceLine[] {
  return linesAbout(run, rows).map((text) => ({ kind: 'ss', host, text }));
}

function isBetween({ atMs }: SegmentEvent, { afterMs, beforeMs }: Crossing): boolean {
  return atMs >= afterMs - LOOK_MS && atMs <= beforeMs;
}

function statesOf(rows: readonly Row[]): string {
  return rows.map(({ state }) => (state === 'CLOSED' ? 'no socket' : state)).join(' and ');
}

function traced(evidence: Evidence, life: Life, { edge, host }: Provocation): EvidenceLine[] {
  return evidence.timeline.events.flatMap((event) =>
    event.kind === 'trace' &&
    event.cookie === life.cookie &&
    event.tracepoint === 'inet_sock_set_state' &&
    event.from === edge.from &&
    event.to === edge.to
      ? [{ kind: 'trace' as const, host, text: traceLine(event).trim() }]
      : [],
  );
}
