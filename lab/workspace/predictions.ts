import type { Exercise, Question } from '../exercise/exercise.ts';
import { UsageError } from './errors.ts';
import { progressOf, withExercise } from './progress.ts';
import { updateProgress } from './progress-file.ts';

export type Answers = Readonly<Record<string, string>>;

/**
 * Answers from the command line: `after-silence=b sees-it=b`, or only the letters, in order.
 * @throws UsageError that names the questions, or the answers to choose from.
 */
export function answersFrom({ number, questions }: Exercise, words: readonly string[]): Answers {
  const answers: Record<string, string> = {};
  for (const [n, word] of words.entries()) {
    const [before, after] = word.split('=', 2);
    const question =
      after === undefined
        ? questions[n]
        : questions.find(({ id }, m) => id === before || String(m + 1) === before);
    if (question === undefined) {
      const all = questions.map(({ id }) => `${id}=…`).join(' ');
      throw new UsageError(
        after === undefined
          ? `exercise ${number} asks ${questions.length} questions, not ${words.length}: ${all}`
          : `no question "${before}". The questions of exercise ${number} are: ${all}`,
      );
    }
    answers[question.id] = choice(question, after ?? before ?? '');
  }
  return answers;
}

/** @throws UsageError that names the answers to choose from. */
export function choice({ id, choices }: Question, text: string): string {
  const key = text.trim().toLowerCase().replace(/[).]$/, '');
  if (Object.hasOwn(choices, key)) return key;
  throw new UsageError(
    `"${text.trim()}" is no answer to "${id}". The answers are: ${Object.keys(choices).join(', ')}`,
  );
}

/** A question as lines: its words, then the answers to choose from. */
export function questionLines({ ask, choices }: Question, n: number): string[] {
  return [`${n}. ${ask}`, ...Object.entries(choices).map(([key, text]) => `   ${key}) ${text}`)];
}

/** Saves predictions beside those there are. @throws UsageError when the exercise was run before. */
export async function savePredictions(exercise: Exercise, answers: Answers): Promise<Answers> {
  const progress = await updateProgress((old) =>
    withExercise(old, exercise.slug, ({ firstRunAt, predictions }) => {
      if (firstRunAt !== undefined) throw tooLate(exercise);
      return { predictions: { ...predictions, ...answers } };
    }),
  );
  return progressOf(progress, exercise.slug).predictions;
}

/** The student has seen what the kernel does: a prediction made now would be none. */
export function tooLate({ number }: Exercise): UsageError {
  return new UsageError(
    `exercise ${number} was run already, and a prediction comes before that; what you said then stands. ./tcplab check ${number} shows it beside what the kernel does`,
  );
}
