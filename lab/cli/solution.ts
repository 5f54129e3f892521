import { readFileSync } from 'node:fs';
import type { Exercise } from '../exercise/exercise.ts';
import { Plan } from '../exercise/plan.ts';
import { referenceProgram } from '../exercise/programs.ts';
import { progressOf, withExercise } from '../workspace/progress.ts';
import { readProgress, updateProgress } from '../workspace/progress-file.ts';
import { wantedExercise } from '../workspace/wanted-exercise.ts';
import { COMMON, printJson, verbArguments } from './arguments.ts';
import { type Command, EXIT, UsageError } from './command.ts';
import { paint } from './paint.ts';

const HELP = `
Usage: ./tcplab solution N [--give-up] [--json]

Prints the reference of exercise N once you have passed it. Yours may well be another: the kernel judges, not the text.

  --give-up  before a pass; it is recorded in your progress, and costs no points
  --json     one JSON document on standard output, and nothing else
`;

export const solution: Command = {
  help: HELP,
  async run(args) {
    const { values, positionals } = verbArguments('solution', args, {
      ...COMMON,
      'give-up': { type: 'boolean', default: false },
    });
    const exercise = wantedExercise(positionals);
    const { number, slug } = exercise;
    let progress = await readProgress();
    const { passedAt, gaveUpAt } = progressOf(progress, slug);
    if (passedAt === undefined && gaveUpAt === undefined) {
      if (!values['give-up'])
        throw new UsageError(
          `exercise ${number} is not passed yet. ./tcplab hint ${number} helps on; ./tcplab solution ${number} --give-up shows the solution all the same`,
        );
      progress = await updateProgress((before) =>
        withExercise(before, slug, (old) => ({ gaveUpAt: old.gaveUpAt ?? new Date().toISOString() })),
      );
    }
    const files = solutionFiles(exercise, progress.seed);
    if (values.json) printJson({ schema: 'tcplab/solution/1', exercise: { number, slug }, files });
    else for (const file of files) console.log(lines(file));
    return EXIT.passed;
  },
};

interface SolutionFile {
  /** The student's file. */
  readonly student: string;
  readonly path: string;
  readonly text: string;
  /** For a file that is no program: what it should say with this student's numbers; `text` explains the way to it. */
  readonly answers?: string;
}

/** The references that stand for the student's files, each once. */
function solutionFiles({ cast, slug }: Exercise, seed: string): SolutionFile[] {
  const byFile = new Map(
    Object.values(cast).flatMap((role) => ('student' in role ? [[role.student, role] as const] : [])),
  );
  return [...byFile].map(([student, { reference, answers }]) => ({
    student,
    path: reference,
    text: readFileSync(referenceProgram(reference), 'utf8'),
    ...(answers === undefined ? {} : { answers: answers(new Plan(seed, slug)) }),
  }));
}

function lines({ student, path, text, answers }: SolutionFile): string {
  const reference = `${paint('bold', `${student}, the reference: ${path}`)}\n\n${text}`;
  return answers === undefined
    ? reference
    : `${reference}\n${paint('bold', `${student}, with your numbers`)}\n\n${answers}`;
}
