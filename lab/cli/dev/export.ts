import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Exercise, folderName } from '../../exercise/exercise.ts';
import { Plan } from '../../exercise/plan.ts';
import { referenceProgram } from '../../exercise/programs.ts';
import { UsageError } from '../command.ts';

/**
 * Lays the reference of an exercise out as a submission of it: `DIR/NN-slug/client.ts`. Answers are those of the student with
 * this seed.
 * @returns the files written. @throws UsageError when one is there already.
 */
export function exportReference(exercise: Exercise, folder: string, seed: string): string[] {
  const target = join(folder, folderName(exercise));
  const files = Object.values(exercise.cast).flatMap((role) =>
    'student' in role ? [{ role, to: join(target, role.student) }] : [],
  );
  for (const { to } of files)
    if (existsSync(to)) throw new UsageError(`${to} is there already; nothing was written`);
  for (const { role, to } of files) {
    makeFolder(dirname(to));
    const { answers } = role;
    if (answers === undefined) copyFileSync(referenceProgram(role.reference), to);
    else writeFileSync(to, answers(new Plan(seed, exercise.slug)));
  }
  return [...new Set(files.map(({ to }) => to))];
}

/** Not `recursive`: with that, Node never returns when the kernel refuses a folder with ENOENT, as it does in /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}
