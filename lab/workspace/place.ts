import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exerciseFolder } from '../exercise/casting.ts';
import { type Exercise, folderName, studentFiles } from '../exercise/exercise.ts';

/** The folder that `tcplab` is in. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The student's folder: `work/` of the repository, or what TCPLAB_WORK says. */
export function workFolder(): string {
  return resolve(process.env.TCPLAB_WORK ?? join(ROOT, 'work'));
}

/** Where the student's programs of an exercise are. */
export function exerciseWork(exercise: Pick<Exercise, 'number' | 'slug'>): string {
  return join(workFolder(), folderName(exercise));
}

/** The student's files of an exercise, as absolute paths. */
export function workFiles(exercise: Exercise): string[] {
  return studentFiles(exercise).map((file) => join(exerciseWork(exercise), file));
}

export function starterFolder(exercise: Exercise): string {
  return join(exerciseFolder(exercise), 'starter');
}

/** A path as the student would type it: relative to where they are, unless that goes up and up. */
export function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short === '' ? '.' : short.startsWith(`..${sep}..`) ? path : short;
}

/** Whether this shell is in the workspace. */
export function isInWork(): boolean {
  const below = relative(workFolder(), process.cwd());
  return below !== '..' && !below.startsWith(`..${sep}`) && !below.startsWith(sep);
}
