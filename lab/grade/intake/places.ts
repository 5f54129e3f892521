import { type Exercise, folderName } from '../../exercise/exercise.ts';
import { EXERCISES } from '../../exercises/catalog.ts';

/** A reading of a path in a submission as a file of an exercise. */
export interface Place {
  readonly exercise: Exercise;
  /** How far from the plain form `NN-slug/FILE` it is: the nearest that a submission has is taken. */
  readonly rank: number;
  /** The folder around it, which downloads and archives put there; empty for none. */
  readonly around: string;
  /** The names below the exercise's folder; none for the folder itself. */
  readonly inside: readonly string[];
}

const ALL = new Set(EXERCISES.map(folderName));

/** From this rank on a place has no folder of the exercise's name around it, and counts only with a student's file in it. */
export const WITHOUT_FOLDER = 2;

/**
 * Where a path can belong.
 *
 * @param path the names from the top of the submission on, at least one
 * @param top the exercise whose files may lie there without its folder
 */
export function placesOf(
  path: readonly string[],
  exercises: ReadonlyMap<string, Exercise>,
  top: Exercise | undefined,
): Place[] {
  const [first = '', second = '', ...rest] = path;
  const places: Place[] = [];
  const named = exercises.get(first);
  if (named) places.push({ exercise: named, rank: 0, around: '', inside: path.slice(1) });
  const nested = exercises.get(second);
  if (nested) places.push({ exercise: nested, rank: 1, around: first, inside: rest });
  if (top) places.push({ exercise: top, rank: WITHOUT_FOLDER, around: '', inside: path });
  // What lies in another exercise's folder is that exercise's, and not a form of this one.
  if (top && second !== '' && !ALL.has(first))
    places.push({ exercise: top, rank: WITHOUT_FOLDER + 1, around: first, inside: path.slice(1) });
  return places;
}

/** By the names of their folders. */
export function byFolder(exercises: readonly Exercise[]): ReadonlyMap<string, Exercise> {
  return new Map(exercises.map((exercise) => [folderName(exercise), exercise]));
}
