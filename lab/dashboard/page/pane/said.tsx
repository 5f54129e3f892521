import type { ExerciseText } from '../../protocol.ts';
import { sayingOf } from '../sayings.ts';
import { TAGS } from '../words.ts';

interface Props {
  readonly of: ExerciseText | undefined;
  readonly children: string;
}

/** What the lab says in English, in the language of the exercise's text where it has it. */
export function Said({ of: text, children }: Props) {
  const said = sayingOf(text, children);
  const language = said === undefined || text === undefined ? 'en' : text.language;
  return <span lang={TAGS[language]}>{said ?? children}</span>;
}
