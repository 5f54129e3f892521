import type { Check, Exercise, Question } from './exercise.ts';

/** The languages of the course. */
export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The words of an exercise in another language than that of its definition, by the definition's own ids. */
export interface ExerciseWords {
  readonly title: string;
  /** By check's id, those of the slow part behind them, in the definition's order. */
  readonly checks: Readonly<Record<string, { readonly title: string; readonly help?: string }>>;
  /** By question's id; choices and hints by the definition's letters. */
  readonly questions: Readonly<
    Record<
      string,
      {
        readonly ask: string;
        readonly choices: Readonly<Record<string, string>>;
        readonly hints: Readonly<Record<string, string>>;
      }
    >
  >;
  /** A question, the mechanism, a command. */
  readonly hints: readonly string[];
}

/** The exercise in these words; what they leave out stays as it is. Programs, paths, points and judges are the same. */
export function inWords(exercise: Exercise, words: ExerciseWords): Exercise {
  const { checks, slow, questions, hints } = exercise;
  const said = (check: Check): Check => ({ ...check, ...words.checks[check.id] });
  const asked = (question: Question): Question => {
    const { ask, choices, hints: byChoice } = words.questions[question.id] ?? question;
    return {
      ...question,
      ask,
      choices: { ...question.choices, ...choices },
      hints: { ...question.hints, ...byChoice },
    };
  };
  const [first, second, third] = hints.map((hint, n) => words.hints[n] ?? hint) as [string, string, string];
  return {
    ...exercise,
    title: words.title,
    checks: checks.map(said),
    ...(slow === undefined ? {} : { slow: { ...slow, checks: slow.checks.map(said) } }),
    questions: questions.map(asked),
    hints: [first, second, third],
  };
}
