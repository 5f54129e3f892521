import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folderName } from '../../exercise/exercise.ts';
import type { IntakeReport } from '../intake/report.ts';
import type { TextFile } from './program.ts';
import type { Handed } from './similarity.ts';

const EXERCISES = fileURLToPath(new URL('../../exercises/', import.meta.url));

/** What intake put into the store, ready to be compared. */
export function handedIn(store: string, { submissions }: IntakeReport): Handed[] {
  return submissions.flatMap(({ student, exercises }) =>
    exercises.map(({ exercise, folder, files }) => ({
      student,
      exercise: folderName(exercise),
      files: files.map(({ path }) => textFile(join(store, folder), path)),
    })),
  );
}

/** What the course gives to everybody with an exercise: its starter and its README. */
export function givenFor(exercise: string): TextFile[] {
  const folder = join(EXERCISES, exercise);
  const starter = readdirSync(join(folder, 'starter')).map((file) => textFile(join(folder, 'starter'), file));
  return [...starter, textFile(folder, 'README.md')];
}

function textFile(folder: string, path: string): TextFile {
  return { path, text: readFileSync(join(folder, path), 'utf8') };
}
