import { traceLine } from '../../observe/lines.ts';
import type { SegmentEvent, TraceEvent } from '../../observe/timeline.ts';
import { isState, type State } from '../../tcp/states.ts';
import { type Check, dataFiles, type Exercise } from '../exercise.ts';
import type { Performance } from '../perform.ts';
import type { Plan } from '../plan.ts';
import type { CheckResult, EvidenceLine, HostComparison } from '../result.ts';
import { brokenProvided, clues, endedPrograms, studentHosts } from './clues.ts';
import { blindness, type Doubt } from './doubt.ts';
import { Evidence } from './evidence.ts';
import { Judge } from './judge.ts';
import { describeLife } from './life.ts';
import { shares } from './points.ts';
import { segmentEvidence } from './segment-evidence.ts';
import { type Finding, Inconclusive, NotMet } from './step.ts';

/** Segments shown around the moment of a failure, before and after. */
const BEFORE = 7;
const AFTER = 3;

/** Judges every check of an exercise, in order. A pure function of what was seen. */
export function judgeAll({ exercise, timeline, plan, trouble }: Performance): CheckResult[] {
  const evidence = new Evidence(timeline);
  const doubt = trouble === undefined ? doubtOf(exercise, evidence) : undefined;
  const checks = [startCheck(exercise), ...exercise.checks];
  const points = shares(
    exercise.points,
    checks.map(({ weight }) => weight),
  );
  const results = new Map<string, CheckResult>();
  for (const [n, check] of checks.entries()) {
    const maxPoints = points[n] ?? 0;
    const context = { exercise, evidence, plan, maxPoints };
    results.set(check.id, withheld(check, results, trouble, context) ?? judged(check, context, doubt));
  }
  return [...results.values()];
}

interface Context {
  readonly exercise: Exercise;
  readonly evidence: Evidence;
  readonly plan: Plan;
  readonly maxPoints: number;
}

/** The result of a check that is not judged: the lab's own fault, or a check before it that did not pass. */
function withheld(
  { id, title, needs = [] }: Check,
  results: ReadonlyMap<string, CheckResult>,
  trouble: string | undefined,
  { maxPoints }: Context,
): CheckResult | undefined {
  const none = { id, title, points: 0, maxPoints, ms: 0, steps: [], evidence: [] };
  if (trouble !== undefined) {
    const message = `The lab itself did not work, so nothing is judged: ${trouble}`;
    return {
      ...none,
      verdict: 'error',
      because: 'lab',
      message,
      help: 'Run ./tcplab doctor, then check again.',
    };
  }
  const before = id === START ? [] : [START, ...needs];
  const failed = before.map((need) => results.get(need)).find((result) => result?.verdict !== 'pass');
  if (failed === undefined) return undefined;
  const message = `Not judged, because "${failed.title}" did not pass.`;
  return { ...none, verdict: 'skipped', because: failed.id, message };
}

function judged(check: Check, context: Context, anyDoubt: Doubt | undefined): CheckResult {
  const doubt = check.id === START && anyDoubt?.ofEnds === false ? undefined : anyDoubt;
  const { evidence, plan, maxPoints } = context;
  const judge = new Judge(evidence, plan);
  const base = { id: check.id, title: check.title, maxPoints };
  try {
    check.judge(judge, plan);
    if (doubt?.ofPasses === true) throw new Inconclusive(doubt.because);
  } catch (error) {
    const notMet = error instanceof NotMet ? error : undefined;
    if (notMet === undefined && !(error instanceof Inconclusive)) throw error;
    if (notMet !== undefined && doubt === undefined) return failed(check, notMet.finding, judge, context);
    const message = doubt?.because ?? (error as Inconclusive).message;
    const help = 'Nothing is held against the program. Check again when the machine has less to do.';
    const rest = { points: 0, ms: evidence.endMs, because: 'environment', message, help };
    return { ...base, ...rest, verdict: 'inconclusive', steps: judge.steps, evidence: [] };
  }
  const ms = Math.max(0, ...judge.steps.map(({ atMs }) => atMs));
  return { ...base, verdict: 'pass', points: maxPoints, ms, steps: judge.steps, evidence: [] };
}

function failed(check: Check, finding: Finding, judge: Judge, context: Context): CheckResult {
  const { exercise, evidence, plan, maxPoints } = context;
  const atMs = finding.atMs ?? evidence.endMs;
  const missing = missingState(finding);
  const also = clues(exercise, evidence, plan, missing);
  return {
    id: check.id,
    title: check.title,
    verdict: 'fail',
    points: 0,
    maxPoints,
    ms: atMs,
    because: finding.because,
    message: [
      `Expected ${finding.expected}, but ${finding.observed}.`,
      ...also.filter((text) => text !== finding.help),
    ].join(' '),
    help: finding.help ?? check.help,
    steps: judge.steps,
    hosts: evidence.hosts.map((host): HostComparison => {
      const expected = check.expects[host];
      return { host, ...(expected === undefined ? {} : { expected }), observed: shown(evidence, host) };
    }),
    evidence: [
      ...ssAround(evidence, atMs),
      ...segmentsAround(evidence, atMs, finding.segments),
      ...traced(evidence),
    ],
  };
}

/** The state that the failed step was about, when it was about one. */
function missingState({ because, expected }: Finding): State | undefined {
  if (because !== 'not-reached' && because !== 'no-socket') return undefined;
  return expected.split(/\W+/).find(isState);
}

/** A host's sockets in words. */
function shown(evidence: Evidence, host: string): string {
  const lives = evidence.lives(host);
  if (lives.length === 0) return 'no TCP socket at any time';
  const words = lives.slice(0, 3).map(describeLife);
  const left = lives.length - words.length;
  const more = left === 0 ? [] : [left === 1 ? 'and one more socket' : `and ${left} more sockets`];
  return [...words, ...more].join('; ');
}

/** What `ss` printed nearest to a moment, host by host. */
function ssAround(evidence: Evidence, atMs: number): EvidenceLine[] {
  return evidence.hosts.flatMap((host) => {
    const all = evidence.ss(host);
    const distance = Math.min(...all.map((event) => Math.abs(event.atMs - atMs)));
    return all
      .filter((event) => Math.abs(event.atMs - atMs) === distance)
      .map(({ text }) => ({ kind: 'ss' as const, host, text }));
  });
}

function segmentsAround(
  evidence: Evidence,
  atMs: number,
  named: readonly SegmentEvent[] = [],
): EvidenceLine[] {
  const all = evidence.segments();
  const after = all.findIndex((event) => event.atMs > atMs);
  const at = after === -1 ? all.length : after;
  const around = all.slice(Math.max(0, at - BEFORE), at + AFTER);
  const lines = [...new Set([...named, ...around])].sort((a, b) => a.atMs - b.atMs);
  return lines.map((event) => segmentEvidence(evidence, event));
}

function traced(evidence: Evidence): EvidenceLine[] {
  return evidence.timeline.events
    .filter((event): event is TraceEvent => event.kind === 'trace')
    .map((event) => ({ kind: 'trace', host: event.host, text: traceLine(event).trim() }));
}

function doubtOf(exercise: Exercise, evidence: Evidence): Doubt | undefined {
  const blind = blindness(evidence);
  if (blind !== undefined) return blind;
  const broken = brokenProvided(exercise, evidence);
  return broken === undefined
    ? undefined
    : { because: `${broken.because}: a program of the lab.`, ofPasses: false, ofEnds: true };
}

const START = 'runs';

/** Every exercise's first check: the student's programs start, and have something to do with TCP. */
export function startCheck(exercise: Exercise): Check {
  return {
    id: START,
    title: startTitle(exercise),
    weight: 0,
    expects: Object.fromEntries(studentHosts(exercise).map((host) => [host, 'a program that runs'])),
    help: 'Start it by hand to see what Node says: node FILE 127.0.0.1 8080',
    judge: (judge: Judge) => {
      const { evidence } = judge;
      for (const file of dataFiles(exercise)) canBeRead(judge, file);
      for (const host of studentHosts(exercise)) {
        const touched = evidence.lives(host).length > 0 || evidence.segments({ from: host }).length > 0;
        const ended = endedPrograms(exercise, evidence).filter((event) => event.host === host);
        const advice = ended[0]?.advice;
        judge.that(touched || ended.length === 0, {
          host,
          action: `the program on the ${host} starts`,
          expected: `a program on the ${host} that opens a socket`,
          observed: 'it ended before it had anything to do with TCP',
          because: 'ended',
          ...(advice === undefined ? {} : { help: advice }),
        });
      }
    },
  };
}

function startTitle(exercise: Exercise): string {
  const files = dataFiles(exercise);
  return files.length === 0 || studentHosts(exercise).length > 0
    ? 'Your program starts'
    : `Your ${files.join(' and ')} can be read`;
}

/** A file of the student's that is no program is there, and JSON when it is called so. */
function canBeRead(judge: Judge, file: string): void {
  const text = judge.found(judge.evidence.file(file), {
    action: `${file} is there`,
    expected: `a file ${file}`,
    observed: 'there is none',
    because: 'no-file',
    help: `Begin with the starter's ${file}, and fill it in.`,
  });
  const complaint = file.endsWith('.json') ? jsonComplaint(text) : undefined;
  judge.that(complaint === undefined, {
    action: `${file} is JSON`,
    expected: `${file} to be JSON`,
    observed: `it cannot be read as such: ${complaint}`,
    because: 'not-json',
    help: 'Look for a missing quote or comma, or one comma too many: an editor marks the place.',
  });
}

function jsonComplaint(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
