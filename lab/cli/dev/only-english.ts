import type { Checked } from '../../exercise/check.ts';
import type { Exercise } from '../../exercise/exercise.ts';
import { PhraseBook } from '../../exercise/phrases.ts';
import { textsOf } from '../../exercise/result-texts.ts';
import { chineseSayings } from '../../exercises/sayings.ts';
import type { TimelineEvent } from '../../observe/timeline.ts';

/** What some runs of an exercise say that the Chinese page could only show in English, each as it is said. */
export async function onlyEnglish(exercise: Exercise, runs: readonly Checked[]): Promise<string[]> {
  const book = new PhraseBook(await chineseSayings(exercise));
  const texts = runs.flatMap(({ result, performance }) => [
    ...result.checks.flatMap(textsOf),
    ...(result.trouble === undefined ? [] : [result.trouble]),
    ...performance.timeline.events.flatMap(told),
  ]);
  return [...new Set(texts)].filter((text) => book.say(text) === undefined);
}

/** What an event says in words of the lab. */
function told(event: TimelineEvent): string[] {
  if (event.kind === 'step') return [event.text];
  if (event.kind !== 'program') return [];
  return [event.how, event.because, event.advice].filter((text) => text !== undefined);
}
