import type { Check, Exercise } from '../../exercise/exercise.ts';
import { startCheck } from '../../exercise/judge/verdicts.ts';

/** What a result says of an exercise in the words of its definition, by those words in another language. */
export function sayings(english: Exercise, other: Exercise): Record<string, string> {
  return Object.fromEntries(
    [pairs(ofStart(english), startInChinese(english)), pairs(textsOf(english), textsOf(other))].flat(),
  );
}

/** The check that every exercise begins with is the lab's own, and so are its words. */
function startInChinese(exercise: Exercise): string[] {
  const file = /^Your (.+) can be read$/.exec(startCheck(exercise).title)?.[1];
  return [
    file === undefined ? '你的程序能启动' : `能读到你的 ${file.replaceAll(' and ', ' 和 ')}`,
    '手工启动它，看看 Node 说什么：node FILE 127.0.0.1 8080',
  ];
}

function ofStart(exercise: Exercise): string[] {
  const { title, help } = startCheck(exercise);
  return [title, help];
}

/** Every text, in an order that is the same in each language. */
function textsOf({ checks, questions }: Exercise): string[] {
  return [
    ...checks.flatMap(({ title, help }: Check) => [title, help]),
    ...questions.flatMap(({ ask, choices, hints }) => [
      ask,
      ...Object.values(choices),
      ...Object.values(hints),
    ]),
  ];
}

function pairs(english: readonly string[], other: readonly string[]): [string, string][] {
  return english.map((text, n) => [text, other[n] ?? text]);
}
