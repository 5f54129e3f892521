import { readdirSync } from 'node:fs';
import { type Exercise, folderName } from '../exercise/exercise.ts';

/** Every exercise, in the teaching order. */
export const EXERCISES: readonly Exercise[] = await all();

async function all(): Promise<Exercise[]> {
  const found: Exercise[] = [];
  for (const folder of readdirSync(import.meta.dirname).sort()) {
    if (!/^\d\d-/.test(folder)) continue;
    try {
      const module = (await import(`./${folder}/exercise.ts`)) as { exercise: Exercise };
      found.push(module.exercise);
    } catch (error) {
      console.error(`${folder} cannot be loaded: ${String(error)}`);
    }
  }
  return found;
}

/** The exercise of this number or slug: `4`, `04`, `syn-rcvd`, `04-syn-rcvd`. @throws UnknownExercise. */
export function exerciseNamed(text: string): Exercise {
  const found = EXERCISES.find(
    (exercise) =>
      exercise.slug === text ||
      folderName(exercise) === text ||
      (/^\d+$/.test(text) && exercise.number === Number(text)),
  );
  if (found === undefined) throw new UnknownExercise(text);
  return found;
}

/** There is no such exercise. */
export class UnknownExercise extends Error {
  override readonly name = 'UnknownExercise';
  readonly code = 'unknown-exercise';

  constructor(text: string) {
    const all = EXERCISES.map(({ number, slug }) => `${number} ${slug}`).join(', ');
    super(
      text === '' ? `which exercise? They are: ${all}` : `no exercise "${text}". The exercises are: ${all}`,
    );
  }
}
