import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exerciseFolder } from '../exercise/casting.ts';
import type { Exercise } from '../exercise/exercise.ts';
import { type ExerciseWords, inWords } from '../exercise/exercise-words.ts';
import type { Phrases } from '../exercise/phrases.ts';

/** The Chinese of an exercise, from `zh.ts` in its folder; undefined while it has none. It is read when it is first asked for. */
export async function chineseWords(exercise: Exercise): Promise<ExerciseWords | undefined> {
  const file = join(exerciseFolder(exercise), 'zh.ts');
  if (!existsSync(file)) return undefined;
  const { zh } = (await import(pathToFileURL(file).href)) as { readonly zh: ExerciseWords };
  return zh;
}

/** What only the judges of this exercise say, in Chinese, from `phrases.zh.ts` in its folder. It is read when it is first asked for. */
export async function chinesePhrases(exercise: Exercise): Promise<Phrases> {
  const file = join(exerciseFolder(exercise), 'phrases.zh.ts');
  if (!existsSync(file)) return {};
  const { phrases } = (await import(pathToFileURL(file).href)) as { readonly phrases: Phrases };
  return phrases;
}

/** The exercise in Chinese; undefined while it has no words or no text in it. */
export async function inChinese(exercise: Exercise): Promise<Exercise | undefined> {
  const words = existsSync(chineseReadme(exercise)) ? await chineseWords(exercise) : undefined;
  return words === undefined ? undefined : inWords(exercise, words);
}

/** Where an exercise's text in Chinese is. */
export function chineseReadme(exercise: Exercise): string {
  return join(exerciseFolder(exercise), 'README.zh.md');
}
