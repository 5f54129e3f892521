import { expect, test } from 'vitest';
import { exerciseText } from '../../../lab/dashboard/server/exercise-text.ts';
import { folderName } from '../../../lab/exercise/exercise.ts';
import { startCheck } from '../../../lab/exercise/judge/verdicts.ts';
import { PhraseBook } from '../../../lab/exercise/phrases.ts';
import { EXERCISES } from '../../../lab/exercises/catalog.ts';
import { newProgress } from '../../../lab/workspace/progress.ts';

const HAN = /\p{Script=Han}/u;

test.each(EXERCISES.map((exercise) => [folderName(exercise), exercise] as const))(
  '%s in Chinese: its text, and everything that a result says in the words of its definition',
  async (_, exercise) => {
    const text = await exerciseText(exercise, newProgress(), 'zh');
    expect(text.language).toBe('zh');
    for (const words of [text.title, text.html, ...text.questions.map(({ ask }) => ask)])
      expect(words).toMatch(HAN);
    expect(text.html).not.toMatch(/\p{Script=Han}\n\p{Script=Han}/u);
    const said = [startCheck(exercise), ...exercise.checks].flatMap(({ title, help }) => [title, help]);
    const book = new PhraseBook(text.sayings);
    for (const english of [...said, ...text.programs.flatMap(({ about }) => (about === '' ? [] : [about]))])
      expect(book.say(english), english).toMatch(HAN);
    for (const { ask } of exercise.questions) expect(book.say(ask), ask).toMatch(HAN);
    const shown = exercise.checks.flatMap(({ expects }) => Object.values(expects));
    expect(shown.filter((english) => book.say(english) === undefined)).toEqual([]);
  },
);

test('in English nothing needs to be said otherwise', async () => {
  for (const exercise of EXERCISES.slice(0, 3))
    expect(await exerciseText(exercise, newProgress(), 'en')).toMatchObject({
      language: 'en',
      title: exercise.title,
      sayings: {},
    });
});
