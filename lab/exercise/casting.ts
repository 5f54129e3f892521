import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Exercise, folderName, type Role, studentFiles } from './exercise.ts';
import { referenceProgram } from './programs.ts';
import type { Part } from './scene.ts';

/** The folder of an exercise, with its README, starter and wrong programs. */
export function exerciseFolder(exercise: Pick<Exercise, 'number' | 'slug'>): string {
  return referenceProgram(`lab/exercises/${folderName(exercise)}`);
}

export type Cast = Readonly<Record<string, Part>>;

/** The reference programs play every part. */
export function referenceCast(exercise: Exercise): Cast {
  return castWith(exercise, ({ reference }) => referenceProgram(reference));
}

/** The files in a folder play the student's parts: a workspace, a submission, or `starter/`. They need not be there. */
export function folderCast(exercise: Exercise, folder: string): Cast {
  return castWith(exercise, ({ student }) => join(folder, student));
}

/** One of the exercise's wrong programs plays its part, the references play the others. */
export function wrongCast(exercise: Exercise, wrong: { readonly file: string; readonly as?: string }): Cast {
  const as = wrong.as ?? studentFiles(exercise)[0];
  const file = join(exerciseFolder(exercise), 'wrong', wrong.file);
  return castWith(exercise, ({ student, reference }) =>
    student === as ? file : referenceProgram(reference),
  );
}

/** The student's files of a cast that are not there, by name. */
export function missingFiles(cast: Cast): string[] {
  const files = new Set(Object.values(cast).flatMap(({ file, student }) => (student ? [file] : [])));
  return [...files].filter((file) => !existsSync(file)).map((file) => basename(file));
}

/** SHA-256 over the student's files of a cast, in hexadecimal: the identity of a submission. */
export function submissionDigest(cast: Cast): string {
  const hash = createHash('sha256');
  for (const [name, { file, student }] of Object.entries(cast).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (student && existsSync(file)) hash.update(`${name}\n`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function castWith(
  { cast }: Exercise,
  fileOf: (role: { readonly student: string; readonly reference: string }) => string,
): Cast {
  return Object.fromEntries(
    Object.entries(cast).map(([name, role]): [string, Part] => [
      name,
      'student' in role
        ? studentsPart(role, fileOf(role))
        : { host: role.host, file: referenceProgram(role.provided), student: false },
    ]),
  );
}

/** What a reference of a file that is no program explains, it does not say: that depends on the plan. */
function studentsPart(role: Extract<Role, { student: string }>, file: string): Part {
  const { host, student: name, reference, answers } = role;
  if (answers === undefined) return { host, file, student: true };
  const isReference = file === referenceProgram(reference);
  return { host, file, student: true, data: isReference ? { name, text: answers } : { name } };
}
