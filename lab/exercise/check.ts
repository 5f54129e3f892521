import packageJson from '../../package.json' with { type: 'json' };
import { submissionDigest } from './casting.ts';
import type { Exercise } from './exercise.ts';
import { Evidence } from './judge/evidence.ts';
import { describeLife } from './judge/life.ts';
import { predictionResults } from './judge/predictions.ts';
import { judgeAll } from './judge/verdicts.ts';
import { type Performance, type PerformOptions, perform } from './perform.ts';
import type { CheckResult, ExerciseResult, Verdict } from './result.ts';

export interface CheckOptions extends PerformOptions {
  /** Whose programs these are, for the record: `work`, `reference`, or a folder. */
  readonly from: string;
  /** The student's answers, by the question's id. */
  readonly predictions?: Readonly<Record<string, string>>;
}

/** A run and what was made of it. */
export interface Checked {
  readonly result: ExerciseResult;
  readonly performance: Performance;
}

/** Runs an exercise with a cast, and judges it. @throws ToolError, MissingLibraryError: what the machine lacks. */
export async function checkExercise(exercise: Exercise, options: CheckOptions): Promise<Checked> {
  // Before the run: a file that is saved meanwhile is not what has run.
  const submission = submissionDigest(options.cast);
  const performance = await perform(exercise, options);
  return { performance, result: judge(performance, { ...options, submission }) };
}

/** What comes of a run: a pure function of what was seen, apart from the record of whose programs they were. */
function judge(
  performance: Performance,
  {
    from,
    submission,
    predictions = {},
    backend = 'namespaces',
  }: { from: string; submission: string } & Pick<CheckOptions, 'predictions' | 'backend'>,
): ExerciseResult {
  const { exercise, timeline, plan, trouble } = performance;
  const checks = judgeAll(performance);
  const evidence = new Evidence(timeline);
  return {
    schema: 'tcplab/check/1',
    tool: `tcplab ${packageJson.version}`,
    kernel: timeline.header.kernel,
    backend,
    startedAt: timeline.header.startedAt,
    exercise: { number: exercise.number, slug: exercise.slug, title: exercise.title },
    from,
    submission,
    seed: plan.seed,
    ms: performance.ms,
    verdict: overall(checks),
    points: checks.reduce((sum, { points }) => sum + points, 0),
    maxPoints: exercise.points,
    checks,
    predictions: predictionResults(exercise, evidence, plan, predictions),
    seen: Object.fromEntries(evidence.hosts.map((host) => [host, evidence.lives(host).map(describeLife)])),
    knobs: timeline.header.knobs,
    ...(trouble === undefined ? {} : { trouble }),
  };
}

function overall(checks: readonly CheckResult[]): Verdict {
  const verdicts = new Set(checks.map(({ verdict }) => verdict));
  for (const verdict of ['error', 'inconclusive', 'fail'] as const) if (verdicts.has(verdict)) return verdict;
  return verdicts.has('skipped') ? 'fail' : 'pass';
}
