import type { Checked } from '../../exercise/check.ts';
import type { Exercise } from '../../exercise/exercise.ts';
import { PhraseBook } from '../../exercise/phrases.ts';
import { textsOf } from '../../exercise/result-texts.ts';
import { chineseSayings } from '../../exercises/sayings.ts';

/** What some runs of an exercise say that the Chinese page could only show in English, each as it is said. */
export async function onlyEnglish(exercise: Exercise, runs: readonly Checked[]): Promise<string[]> {
  const book = new PhraseBook(await chineseSayings(exercise));
  const texts = runs.flatMap(({ result, performance }) => [
    ...result.checks.flatMap(textsOf),
    ...performance.timeline.events.flatMap((event) => (event.kind === 'step' ? [event.text] : [])),
  ]);
  return [...new Set(texts)].filter((text) => book.say(text) === undefined);
}
