import type { Checked } from '../exercise/check.ts';
import type { Exercise } from '../exercise/exercise.ts';
import type { Performance } from '../exercise/perform.ts';
import { newProgress, type Progress, withExercise } from './progress.ts';
import { readProgress, updateProgress } from './progress-file.ts';
import { provedBy, seenIn, withSeen } from './seen.ts';

/** Records a check of the student's own programs. The machine's and the lab's own trouble is no attempt. */
export async function recordCheck(exercise: Exercise, { result, performance }: Checked): Promise<Progress> {
  const now = new Date().toISOString();
  const passed = result.verdict === 'pass';
  const judged = passed || result.verdict === 'fail';
  return await updateProgress((progress) =>
    withSeen(
      withExercise(progress, exercise.slug, (old) => ({
        firstRunAt: old.firstRunAt ?? now,
        attempts: old.attempts + (judged ? 1 : 0),
        bestPoints: Math.max(old.bestPoints, result.points),
        ...(passed ? { passedAt: old.passedAt ?? now } : {}),
      })),
      seenIn(performance.timeline),
      ...(passed ? [provedBy(exercise)] : []),
    ),
  );
}

/** Records a run that nobody judged. */
export async function recordRun(exercise: Exercise, { timeline }: Performance): Promise<Progress> {
  const now = new Date().toISOString();
  return await updateProgress((progress) =>
    withSeen(
      withExercise(progress, exercise.slug, (old) => ({ firstRunAt: old.firstRunAt ?? now })),
      seenIn(timeline),
    ),
  );
}

/**
 * The progress of this workspace, kept from now on: the seed in it is chosen once. Where it cannot be written it is only read, and
 * where it cannot be read either this run has one of its own.
 */
export async function ownProgress(): Promise<Progress> {
  const kept = await unspoilt(() => updateProgress((old) => old));
  return kept ?? (await unspoilt(readProgress)) ?? newProgress();
}

/** Does what only keeps a record: its failure is told on standard error, and spoils nothing else. */
export async function unspoilt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'environment')) throw error;
    console.error(`tcplab: ${error.message}`);
    return undefined;
  }
}
