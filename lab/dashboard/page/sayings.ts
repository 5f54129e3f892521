import { PhraseBook } from '../../exercise/phrases.ts';
import type { ExerciseText } from '../protocol.ts';

const books = new WeakMap<ExerciseText, PhraseBook>();

/** What the lab says of an exercise's run in English, in the language of its text; undefined where it has no words for it. */
export function sayingOf(text: ExerciseText | undefined, english: string): string | undefined {
  if (text === undefined) return undefined;
  const book = books.get(text) ?? new PhraseBook(text.sayings);
  books.set(text, book);
  return book.say(english);
}
