// A class of real submissions on the disk, and the command that grades it.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa, type ResultPromise } from 'execa';
import { folderName } from '../../lab/exercise/exercise.ts';
import { referenceProgram } from '../../lab/exercise/programs.ts';
import { exerciseNamed } from '../../lab/exercises/catalog.ts';
import { quietly, ROOT } from '../support/tcplab.ts';

/** A student's files by path: text, or the number of the exercise whose reference it is. */
export type Files = Readonly<Record<string, string | number>>;

/** Puts students' files into a folder, each student in a folder of their own. */
export function makeClass(folder: string, students: Readonly<Record<string, Files>>): void {
  for (const [student, files] of Object.entries(students))
    for (const [path, content] of Object.entries(files)) {
      const file = join(folder, student, path);
      mkdirSync(dirname(file), { recursive: true });
      if (typeof content === 'string') writeFileSync(file, content);
      else copyFileSync(referenceOf(content), file);
    }
}

/** Right answers to exercises of which the student writes one program, `NN-slug/FILE` each. */
export function rightAnswers(...numbers: readonly number[]): Files {
  return Object.fromEntries(numbers.map((number) => [answerPath(number), number]));
}

/** Where the student's only program of an exercise is: `04-syn-rcvd/client.ts`. */
export function answerPath(number: number): string {
  const exercise = exerciseNamed(String(number));
  const [file] = Object.values(exercise.cast).flatMap((role) => ('student' in role ? [role.student] : []));
  return `${folderName(exercise)}/${file}`;
}

function referenceOf(number: number): string {
  const roles = Object.values(exerciseNamed(String(number)).cast);
  const [reference] = roles.flatMap((role) => ('reference' in role ? [role.reference] : []));
  return referenceProgram(reference ?? '');
}

/** Runs `./tcplab grade` as a person does, but without the launcher in front, so that a signal meets it and nobody else. */
export function grade(
  args: readonly string[],
  { env = {} }: { readonly env?: Readonly<Record<string, string>> } = {},
): ResultPromise<typeof quietly> {
  const entry = join(ROOT, 'lab/cli/main.ts');
  const options: typeof quietly = { ...quietly, env: { ...quietly.env, ...env } };
  return execa(process.execPath, [entry, 'grade', ...args], options);
}
