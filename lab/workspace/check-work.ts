import { folderCast } from '../exercise/casting.ts';
import { type Checked, checkExercise } from '../exercise/check.ts';
import type { Exercise } from '../exercise/exercise.ts';
import type { PerformOptions } from '../exercise/perform.ts';
import { mustBeStarted } from './folder.ts';
import { exerciseWork } from './place.ts';
import { progressOf } from './progress.ts';
import { ownProgress, recordCheck, unspoilt } from './record.ts';

export interface WorkOptions extends Pick<PerformOptions, 'backend' | 'ipv6' | 'signal' | 'watch'> {
  /** Other numbers than the student's own. */
  readonly seed?: string | undefined;
  /** Whether the run is to be recorded, asked when it is over; it is when not said. */
  readonly counts?: () => boolean;
}

/**
 * Judges what the workspace has for an exercise, and records it.
 * @throws UsageError when it was not started, the signal's reason when it is aborted.
 */
export async function checkWork(
  exercise: Exercise,
  { seed, counts = () => true, ...options }: WorkOptions = {},
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
  if (counts()) await unspoilt(() => recordCheck(exercise, checked));
  return checked;
}
