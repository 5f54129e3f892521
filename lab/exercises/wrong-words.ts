import type { Exercise } from '../exercise/exercise.ts';
import type { ExerciseWords } from '../exercise/exercise-words.ts';

/** Where the words of another language are not those that the definition needs, a sentence each. Whether they are right is not asked. */
export function wrongWords(exercise: Exercise, words: ExerciseWords): string[] {
  const checks = [...exercise.checks, ...(exercise.slow?.checks ?? [])];
  return [
    ...missing('the exercise', { title: exercise.title }, { title: words.title }),
    ...wrongNames('checks', byId(checks), words.checks),
    ...checks.flatMap(({ id, title, help }) => {
      const said = words.checks[id];
      return said === undefined ? [] : missing(`check "${id}"`, { title, help }, { ...said });
    }),
    ...wrongNames('questions', byId(exercise.questions), words.questions),
    ...exercise.questions.flatMap(({ id, ask, choices, hints }) => {
      const said = words.questions[id];
      if (said === undefined) return [];
      return [
        ...missing(`question "${id}"`, { ask }, { ask: said.ask }),
        ...wrongNames(`choices of question "${id}"`, choices, said.choices),
        ...missing(`the choices of question "${id}"`, choices, said.choices),
        ...wrongNames(`hints of question "${id}"`, hints, said.hints),
        ...missing(`the hints of question "${id}"`, hints, said.hints),
      ];
    }),
    ...(words.hints.length === exercise.hints.length
      ? []
      : [`zh.ts has ${words.hints.length} hints, and exercise.ts ${exercise.hints.length}`]),
    ...words.hints.flatMap((hint, n) => (hint.trim() === '' ? [`zh.ts: hint ${n + 1} is empty`] : [])),
  ];
}

function byId(all: readonly { readonly id: string }[]): Record<string, unknown> {
  return Object.fromEntries(all.map(({ id }) => [id, true]));
}

/** The names must be the same in the same order, so that the two files can be read side by side. */
function wrongNames(what: string, wanted: object, there: object): string[] {
  const [names, own] = [Object.keys(wanted).join(', '), Object.keys(there).join(', ')];
  return names === own ? [] : [`zh.ts has the ${what} ${own || '–'}; exercise.ts has ${names || '–'}`];
}

function missing(
  whose: string,
  wanted: object,
  there: Readonly<Record<string, string | undefined>>,
): string[] {
  return Object.keys(wanted).flatMap((name) =>
    (there[name] ?? '').trim() === '' ? [`zh.ts: ${whose} has no ${name}`] : [],
  );
}
