import { relative, sep } from 'node:path';
import { type Exercise, folderName } from '../exercise/exercise.ts';
import { EXERCISES, exerciseNamed, UnknownExercise } from '../exercises/catalog.ts';
import { isInWork, workFolder } from './place.ts';

/**
 * The exercise that was asked for; when none was named, the one in whose workspace folder this shell is.
 * @throws UnknownExercise that names those there are.
 */
export function wantedExercise(positionals: readonly string[]): Exercise {
  const [name] = positionals;
  if (name !== undefined) return exerciseNamed(name);
  const here = exerciseHere();
  if (here === undefined) throw new UnknownExercise('');
  return here;
}

/** The exercise in whose workspace folder this shell is. */
export function exerciseHere(): Exercise | undefined {
  if (!isInWork()) return undefined;
  const [folder] = relative(workFolder(), process.cwd()).split(sep);
  return EXERCISES.find((exercise) => folderName(exercise) === folder);
}
