import { PhraseBook } from '../../../exercise/phrases.ts';
import type { ExerciseText } from '../../protocol.ts';
import { TAGS } from '../words.ts';

interface Props {
  readonly of: ExerciseText;
  readonly children: string;
}

/** What a result says in English, in the language of the exercise's text where it has it. */
export function Said({ of: text, children }: Props) {
  const said = bookOf(text).say(children);
  return <span lang={said === undefined ? TAGS.en : TAGS[text.language]}>{said ?? children}</span>;
}

const books = new WeakMap<ExerciseText, PhraseBook>();

function bookOf(text: ExerciseText): PhraseBook {
  const book = books.get(text) ?? new PhraseBook(text.sayings);
  books.set(text, book);
  return book;
}
