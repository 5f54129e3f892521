import { folderCast } from '../exercise/casting.ts';
import { type Checked, checkExercise } from '../exercise/check.ts';
import type { Exercise } from '../exercise/exercise.ts';
import type { Backend } from '../host/backend.ts';
import { mustBeStarted } from './folder.ts';
import { exerciseWork } from './place.ts';
import { progressOf } from './progress.ts';
import { ownProgress, recordCheck, unspoilt } from './record.ts';

export interface WorkOptions {
  /** Other numbers than the student's own. */
  readonly seed?: string | undefined;
  readonly backend?: Backend;
  readonly ipv6?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Judges what the workspace has for an exercise, and records it.
 * @throws UsageError when it was not started, the signal's reason when it is aborted.
 */
export async function checkWork(
  exercise: Exercise,
  { seed, ...options }: WorkOptions = {},
): Promise<Checked> {
  mustBeStarted(exercise);
  // A seed is chosen once, and this run is not to be the only one that has it.
  const progress = await ownProgress();
  const checked = await checkExercise(exercise, {
    ...options,
    seed: seed ?? progress.seed,
    cast: folderCast(exercise, exerciseWork(exercise)),
    from: 'work',
    predictions: progressOf(progress, exercise.slug).predictions,
  });
  options.signal?.throwIfAborted();
  await unspoilt(() => recordCheck(exercise, checked));
  return checked;
}
