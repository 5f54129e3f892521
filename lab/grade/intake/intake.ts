import { realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Exercise, folderName, studentFiles } from '../../exercise/exercise.ts';
import type { Trouble } from '../plan.ts';
import { type Held, holdFolder } from './beneath.ts';
import type { Chosen } from './choose.ts';
import { digestOf } from './digest.ts';
import { INTAKE_LIMITS, type IntakeLimits } from './limits.ts';
import { quoted } from './quoted.ts';
import type { IntakeReport, Submission, TakenExercise } from './report.ts';
import { Store } from './store.ts';
import { storeName } from './store-name.ts';
import { nameOf, submissionsIn } from './submissions.ts';
import { takeSubmission } from './take.ts';

/** What `intake` is to take. */
export interface IntakeOptions {
  /** Only this exercise; its files may then also lie at the top of a submission, without the exercise's folder. */
  readonly exercise?: Exercise;
  readonly limits?: IntakeLimits;
}

/**
 * Takes submissions into the store: clean copies of regular files that a run may use, and nothing else. Nothing in a submission
 * can end this or change another student's; what cannot be taken is a sentence in the report. Taking the same submissions again
 * leaves the same store. Reads through /proc/self/fd, so it needs Linux; one call at a time for a store.
 *
 * @param dir a folder with a folder, .zip, .tar, .tar.gz or .tgz a student, named after the student
 * @param store the folder to copy to, as `STUDENT/NN-slug/FILE`; made when it is not there. It may lie in `dir`
 * @throws the system's errors for what is the grader's own: no such folder, no room in the store
 */
export async function intake(dir: string, store: string, options: IntakeOptions = {}): Promise<IntakeReport> {
  using folder = holdFolder(dir);
  using shelf = new Store(store);
  const { handed, others, notes } = submissionsIn(folder, isAround(store));
  const submissions: Submission[] = [];
  const trouble: Trouble[] = [];
  for (const one of handed) {
    const { student } = one;
    const { chosen, notes: found } = await takeSubmission(
      folder,
      one,
      options.exercise,
      options.limits ?? INTAKE_LIMITS,
    );
    const name = storeName(student);
    shelf.put(
      name,
      chosen.map(({ exercise }) => folderName(exercise)),
      chosen.flatMap(({ exercise, files }) =>
        files.map(({ path, content }) => ({ path: `${folderName(exercise)}/${path}`, content })),
      ),
    );
    submissions.push({
      student,
      from: quoted(nameOf(one.name)),
      folder: name,
      exercises: chosen.map((exercise) => reported(name, exercise)),
    });
    trouble.push(...notes.filter((note) => note.student === student));
    for (const { exercise, sentence } of found)
      trouble.push({ student, ...(exercise && { exercise: exercise.number }), sentence });
  }
  return { schema: 'tcplab/grade-intake/1', submissions, trouble, others };
}

function reported(student: string, { exercise, files, time }: Chosen): TakenExercise {
  const paths = files.map(({ path }) => path);
  return {
    exercise: { number: exercise.number, slug: exercise.slug },
    folder: `${student}/${folderName(exercise)}`,
    digest: digestOf(files),
    submittedAt: time === null ? null : new Date(time).toISOString(),
    files: files.map(({ path, content }) => ({ path, bytes: content.length })),
    missing: studentFiles(exercise).filter((file) => !paths.includes(file)),
  };
}

/** Tells the folders that the store lies in, and the store, so that they are not taken for a student's. */
function isAround(store: string): (file: Held) => boolean {
  const around = new Set<string>();
  for (let path = realpathSync(store); ; path = dirname(path)) {
    const { dev, ino } = statSync(path);
    around.add(`${dev} ${ino}`);
    if (path === dirname(path)) break;
  }
  return ({ stats: { dev, ino } }) => around.has(`${dev} ${ino}`);
}
