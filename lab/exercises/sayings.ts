import type { Check, Exercise } from '../exercise/exercise.ts';
import { inWords } from '../exercise/exercise-words.ts';
import type { Phrases } from '../exercise/phrases.ts';
import { phrases as common } from './phrases.zh.ts';
import { phrases as ofEnds } from './program-ends.zh.ts';
import { phrases as ofPrograms } from './programs.zh.ts';
import { phrases as ofScenes } from './scenes.zh.ts';
import { chinesePhrases, chineseWords } from './words.ts';

/** What the lab says of a run of an exercise, in Chinese by its English; nothing while the exercise has no words in it. */
export async function chineseSayings(exercise: Exercise): Promise<Phrases> {
  const words = await chineseWords(exercise);
  if (words === undefined) return {};
  const [english, chinese] = [textsOf(exercise), textsOf(inWords(exercise, words))];
  const said = Object.fromEntries(english.map((text, n) => [text, chinese[n] ?? text]));
  const own = { ...said, ...(await chinesePhrases(exercise)) };
  // The exercise's own come first: of two patterns that fit as well, the first is taken.
  return { ...own, ...common, ...ofScenes, ...ofPrograms, ...ofEnds, ...own };
}

/** Every text of a definition that a result repeats, in an order that is the same in each language. */
function textsOf({ checks, slow, questions }: Exercise): string[] {
  return [
    ...[...checks, ...(slow?.checks ?? [])].flatMap(({ title, help }: Check) => [title, help]),
    ...questions.flatMap(({ ask, choices, hints }) => [
      ask,
      ...Object.values(choices),
      ...Object.values(hints),
    ]),
  ];
}
