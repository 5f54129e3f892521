import type { Exercise } from '../exercise/exercise.ts';
import { withExercise } from './progress.ts';
import { updateProgress } from './progress-file.ts';
import { unspoilt } from './record.ts';

export interface GivenHint {
  /** 1, 2 or 3. */
  readonly level: number;
  /** How many there are. */
  readonly of: number;
  readonly text: string;
}

/** The hint of a level, or the next one the student has not seen, and the last one again after it. It is remembered. */
export async function nextHint({ slug, hints }: Exercise, level?: number): Promise<GivenHint> {
  let given = level ?? 1;
  await unspoilt(() =>
    updateProgress((progress) =>
      withExercise(progress, slug, (old) => {
        given = level ?? Math.min(old.hints + 1, hints.length);
        return { hints: Math.max(old.hints, given) };
      }),
    ),
  );
  return { level: given, of: hints.length, text: hints[given - 1] ?? '' };
}
