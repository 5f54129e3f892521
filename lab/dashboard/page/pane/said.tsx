import type { ExerciseText } from '../../protocol.ts';
import { TAGS } from '../words.ts';

interface Props {
  readonly of: ExerciseText;
  readonly children: string;
}

/** What a result says in English, in the language of the exercise's text where it has it. */
export function Said({ of: { sayings, language }, children }: Props) {
  const said = sayings[children];
  return <span lang={said === undefined ? TAGS.en : TAGS[language]}>{said ?? children}</span>;
}
