import PQueue from 'p-queue';
import { referenceCast } from './casting.ts';
import { checkExercise } from './check.ts';
import type { Exercise } from './exercise.ts';
import type { ExerciseResult } from './result.ts';

export interface SuiteOptions {
  readonly seed: string;
  /** How many exercises may run at the same time. */
  readonly jobs: number;
  readonly ipv6?: boolean;
  readonly finished?: (result: ExerciseResult) => void;
}

/** How many exercises run side by side when not said: most of the time they wait for the kernel, not for a processor. */
export const SUITE_JOBS = 8;

/** Checks the references of exercises side by side, those that last longest first. Results are in the exercises' order. */
export async function checkReferences(
  exercises: readonly Exercise[],
  { seed, jobs, ipv6 = false, finished = () => {} }: SuiteOptions,
): Promise<ExerciseResult[]> {
  const turns = new PQueue({ concurrency: jobs });
  return await Promise.all(
    exercises.map((exercise) =>
      turns.add(
        async () => {
          const cast = referenceCast(exercise);
          const { result } = await checkExercise(exercise, { seed, cast, ipv6, from: 'reference' });
          finished(result);
          return result;
        },
        { priority: exercise.lastsMs },
      ),
    ),
  );
}

/** What kept references from passing, a line each. */
export function suiteFailures(results: readonly ExerciseResult[]): string[] {
  return results.flatMap(({ verdict, exercise, checks }) => {
    if (verdict === 'pass') return [];
    const first = checks.find((check) => check.verdict !== 'pass');
    return [`${exercise.number} ${exercise.slug}: ${verdict} at ${first?.id}: ${first?.message}`];
  });
}
