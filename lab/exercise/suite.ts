import type { Backend } from '../host/backend.ts';
import { referenceCast } from './casting.ts';
import { checkExercise } from './check.ts';
import type { Exercise } from './exercise.ts';
import type { Performance } from './perform.ts';
import type { ExerciseResult } from './result.ts';
import { Turns } from './turns.ts';

export interface SuiteOptions {
  readonly seed: string;
  /** Where the hosts are made; namespaces when not said. */
  readonly backend?: Backend;
  /** How many exercises may run at the same time; `suiteJobs` of the backend when not said. */
  readonly jobs?: number;
  readonly ipv6?: boolean;
  /** Is given each exercise's result, and what was seen, as soon as they are there. */
  readonly finished?: (result: ExerciseResult, performance: Performance) => void;
}

/** How many exercises run side by side when not said: most of the time they wait for the kernel, not for a processor. */
export const SUITE_JOBS = 8;

/** In containers each run starts four Nodes or more, and an engine makes one container after the other. */
const DOCKER_JOBS = 4;

/** How many exercises run side by side on a backend when not said. */
export function suiteJobs(backend: Backend): number {
  return backend === 'docker' ? DOCKER_JOBS : SUITE_JOBS;
}

/** Checks the references of exercises side by side, those that last longest first. Results are in the exercises' order. */
export async function checkReferences(
  exercises: readonly Exercise[],
  {
    seed,
    backend = 'namespaces',
    jobs = suiteJobs(backend),
    ipv6 = false,
    finished = () => {},
  }: SuiteOptions,
): Promise<ExerciseResult[]> {
  const turns = new Turns(jobs);
  return await Promise.all(
    exercises.map(async (exercise) => {
      const cast = referenceCast(exercise);
      const { result, performance } = await turns.check(exercise, () =>
        checkExercise(exercise, { seed, backend, cast, ipv6, from: 'reference' }),
      );
      finished(result, performance);
      return result;
    }),
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
