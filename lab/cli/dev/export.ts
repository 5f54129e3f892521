import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exerciseFolder, referenceCast } from '../../exercise/casting.ts';
import { type Exercise, folderName, studentFiles } from '../../exercise/exercise.ts';
import { UsageError } from '../command.ts';

/**
 * Lays the reference of an exercise out as a submission of it: `DIR/NN-slug/client.ts`.
 * @returns the files written. @throws UsageError when one is there already.
 */
export function exportReference(exercise: Exercise, folder: string): string[] {
  const target = join(folder, folderName(exercise));
  const files = studentFiles(exercise).map((name) => ({
    from: sourceOf(exercise, name),
    to: join(target, name),
  }));
  for (const { to } of files)
    if (existsSync(to)) throw new UsageError(`${to} is there already; nothing was written`);
  for (const { from, to } of files) {
    makeFolder(dirname(to));
    copyFileSync(from, to);
  }
  return files.map(({ to }) => to);
}

function sourceOf(exercise: Exercise, name: string): string {
  const role = Object.entries(exercise.cast).find(([, each]) => 'student' in each && each.student === name);
  const part = role === undefined ? undefined : referenceCast(exercise)[role[0]];
  return part?.file ?? join(exerciseFolder(exercise), 'reference', name);
}

/** Not `recursive`: with that, Node never returns when the kernel refuses a folder with ENOENT, as it does in /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}
