import type { Checked } from '../../exercise/check.ts';
import type { Exercise } from '../../exercise/exercise.ts';
import { PhraseBook } from '../../exercise/phrases.ts';
import { textsOf } from '../../exercise/result-texts.ts';
import { chineseSayings } from '../../exercises/sayings.ts';

/** What some runs of an exercise say that the Chinese page could only show in English, a sentence each. */
export async function onlyEnglish(exercise: Exercise, runs: readonly Checked[]): Promise<string[]> {
  const book = new PhraseBook(await chineseSayings(exercise));
  const texts = runs.flatMap(({ result }) => result.checks.flatMap(textsOf));
  const unknown = [...new Set(texts)].filter((text) => book.say(text) === undefined);
  return unknown.map((text) => `phrases.zh.ts does not know: ${text}`);
}
