// The grader as a vitest suite: each check of each exercise in a submission is a test, with its points in `task.meta`.
/* oxlint-disable no-empty-pattern */
import { availableParallelism } from 'node:os';
import { afterAll, beforeAll, describe, type RunnerTestCase, test } from 'vitest';
import type { Check } from '../../exercise/exercise.ts';
import type { CheckResult, CheckVerdict } from '../../exercise/result.ts';
import { runText } from '../formats/run-text.ts';
import type { Job } from '../job.ts';
import { plannedExercise } from '../plan.ts';
import type { GradeRow, RunStatus } from '../row.ts';
import { Slots } from '../slots/slots.ts';
import { submissionPlace } from './place.ts';
import { takeOne } from './submission.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** The exercise's number, and the check's id. */
    exercise?: number;
    check?: string;
    /** What it has earned, and what it is worth. */
    points?: number;
    maxPoints?: number;
    /** Null when nothing was judged. */
    verdict?: CheckVerdict | null;
    /** How the run ended. */
    status?: RunStatus;
    seed?: string;
  }
}

const JOBS = availableParallelism() * 4;

const place = submissionPlace();
const { exercises, notes } =
  typeof place === 'string' ? await takeOne(place) : { exercises: [], notes: [place.missing] };

let slots: Slots | undefined;

// biome-ignore lint/correctness/noEmptyPattern: vitest reads from it which fixtures are wanted.
beforeAll(async ({}, { tasks }) => {
  const wanted = tasks.filter(({ mode }) => mode === 'run').length;
  if (wanted > 0) slots = await Slots.open(Math.min(JOBS, wanted));
});

afterAll(async () => await slots?.close());

// Otherwise what was odd is only said.
if (exercises.length === 0)
  test('there is a submission with an exercise in it', () => {
    throw quiet(notes.join('\n'));
  });
else for (const note of notes) console.warn(note);

for (const { exercise, job } of exercises) {
  const { number, title } = exercise;
  const worth = new Map(plannedExercise(exercise).checks.map(({ id, points }) => [id, points]));
  const checks: Pick<Check, 'id' | 'title'>[] = [
    { id: 'runs', title: 'The submission starts' },
    ...exercise.checks,
  ];

  describe.concurrent(`${number}. ${title}`, () => {
    let row: GradeRow;

    beforeAll(async () => {
      row = await judged(job);
    });

    for (const check of checks)
      test(check.title, ({ task, skip }) => {
        const result = row.result?.checks.find(({ id }) => id === check.id);
        tell(task, number, check.id, worth.get(check.id) ?? 0, row, result);
        if (result?.verdict === 'skipped') skip(result.message);
        const complaint = complaintOf(row, result);
        if (complaint !== undefined) throw quiet(complaint);
      });
  });
}

/** Judges until there is a verdict: what the lab itself fails at is tried again. */
async function judged(job: (attempt: number) => Job): Promise<GradeRow> {
  for (let attempt = 1; ; attempt++) {
    if (slots === undefined) throw new Error('there are no slots');
    const row = await slots.judge(job(attempt));
    if (row.terminal) return row;
  }
}

function tell(
  { meta }: Readonly<RunnerTestCase>,
  exercise: number,
  check: string,
  maxPoints: number,
  { status, seed }: GradeRow,
  result: CheckResult | undefined,
): void {
  const points = status === 'infra' ? 0 : (result?.points ?? 0);
  Object.assign(meta, { exercise, check, points, maxPoints, verdict: result?.verdict ?? null, status, seed });
}

/** Why a check is no pass; undefined when it is one. */
function complaintOf(
  { status, because, tamper = [] }: GradeRow,
  result: CheckResult | undefined,
): string | undefined {
  if (status === 'infra') return `The lab could not judge this. ${because ?? ''}`;
  if (status === 'tamper') return `For a person to look at. ${tamper.join(' ')}`;
  if (result === undefined) return because ?? 'Nothing was judged.';
  if (result.verdict === 'pass') return undefined;
  return runText(result);
}

/** An error without a stack: where it was thrown says nothing about the submission. */
function quiet(message: string): Error {
  const error = new Error(message);
  error.stack = `${error.name}: ${message}`;
  return error;
}
