import { createInterface } from 'node:readline/promises';
import type { Exercise } from '../exercise/exercise.ts';
import {
  type Answers,
  answersFrom,
  choice,
  questionLines,
  savePredictions,
  tooLate,
} from '../workspace/predictions.ts';
import { progressOf } from '../workspace/progress.ts';
import { readProgress } from '../workspace/progress-file.ts';
import { wantedExercise } from '../workspace/wanted-exercise.ts';
import { COMMON, printJson, verbArguments } from './arguments.ts';
import { type Command, EXIT, UsageError } from './command.ts';

const HELP = `
Usage: ./tcplab predict N [ANSWER …] [--json]

Asks what you expect the kernel to do in exercise N, before you run it for the first time. The check then shows what you
said beside what the kernel did. Predictions cost no points, and may be changed until the first run.

Without a terminal, give the answers: ./tcplab predict 4 b b, or ./tcplab predict 4 after-silence=b sees-it=b

  --json  one JSON document on standard output, and nothing else
`;

export const predict: Command = {
  help: HELP,
  async run(args) {
    const { values, positionals } = verbArguments('predict', args, COMMON, Number.POSITIVE_INFINITY);
    const exercise = wantedExercise(positionals);
    const words = positionals.slice(1);
    const before = progressOf(await readProgress(), exercise.slug);
    if (words.length > 0) {
      const saved = await savePredictions(exercise, answersFrom(exercise, words));
      return done(exercise, saved, true, values.json);
    }
    const open = before.firstRunAt === undefined;
    if (values.json || !process.stdin.isTTY || !process.stdout.isTTY)
      return done(exercise, before.predictions, open, values.json);
    if (!open) throw tooLate(exercise);
    const answers = await ask(exercise, before.predictions);
    if (answers === undefined) return EXIT.interrupted;
    const saved = await savePredictions(exercise, answers);
    return done(exercise, saved, open, false);
  },
};

/** The answers; undefined when Ctrl-C was pressed: then nothing is to be kept. */
async function ask({ number, title, questions }: Exercise, before: Answers): Promise<Answers | undefined> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const closed = new AbortController();
  let interrupted = false;
  terminal.once('SIGINT', () => {
    interrupted = true;
    terminal.close();
  });
  terminal.once('close', () => closed.abort());
  console.log(
    `${number}. ${title}\n\nWhat do you expect? It costs no points. Enter alone leaves a question open.`,
  );
  const answers: Record<string, string> = {};
  try {
    for (const [n, question] of questions.entries()) {
      console.log(`\n${questionLines(question, n + 1).join('\n')}`);
      for (;;) {
        const kept = before[question.id];
        const prompt = `   ${Object.keys(question.choices).join('/')}${kept === undefined ? '' : ` [${kept}]`}: `;
        const line = await terminal.question(prompt, { signal: closed.signal });
        if (line.trim() === '') break;
        try {
          answers[question.id] = choice(question, line);
          break;
        } catch (error) {
          if (!(error instanceof UsageError)) throw error;
          console.log(`   ${error.message}`);
        }
      }
    }
  } catch (error) {
    // The end of input ends the questions: what was answered stands.
    if (!closed.signal.aborted) throw error;
    console.log();
  } finally {
    terminal.close();
  }
  return interrupted ? undefined : answers;
}

function done(exercise: Exercise, saved: Answers, open: boolean, json: boolean): number {
  const { number, slug, questions } = exercise;
  if (json)
    printJson({
      schema: 'tcplab/predict/1',
      exercise: { number, slug },
      open,
      questions: questions.map(({ id, ask: words, choices }) => ({
        id,
        ask: words,
        choices,
        predicted: saved[id] ?? null,
      })),
    });
  else
    console.log(
      [
        ...questions.flatMap((question, n) => [
          ...(n === 0 ? [] : ['']),
          ...questionLines(question, n + 1),
          `   You say: ${saved[question.id] ?? '–'}`,
        ]),
        '',
        nextStep(exercise, saved, open),
      ].join('\n'),
    );
  return EXIT.passed;
}

function nextStep({ number, questions }: Exercise, saved: Answers, open: boolean): string {
  const unanswered = questions.filter(({ id }) => saved[id] === undefined);
  if (!open)
    return `It was run already, so this stands. See it beside the kernel's answers: ./tcplab check ${number}`;
  if (unanswered.length > 0)
    return `Answer with: ./tcplab predict ${number} ${unanswered.map(({ id, choices }) => `${id}=${Object.keys(choices).join('|')}`).join(' ')}`;
  return `See what the kernel does: ./tcplab check ${number}`;
}
