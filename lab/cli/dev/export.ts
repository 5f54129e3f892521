import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Exercise, folderName } from '../../exercise/exercise.ts';
import { Plan } from '../../exercise/plan.ts';
import { referenceProgram } from '../../exercise/programs.ts';
import { UsageError } from '../command.ts';
import { makeFolder } from '../make-folder.ts';

/**
 * Lays the references of exercises out as submissions of them: `DIR/NN-slug/client.ts`. Answers are those of the student with
 * this seed.
 * @returns the files written, each once. @throws UsageError when one is there already; then none is written.
 */
export function exportReferences(exercises: readonly Exercise[], folder: string, seed: string): string[] {
  const writes = new Map<string, () => void>();
  for (const exercise of exercises) {
    for (const role of Object.values(exercise.cast)) {
      if (!('student' in role)) continue;
      const to = join(folder, folderName(exercise), role.student);
      const { answers, reference } = role;
      writes.set(to, () => {
        if (answers === undefined) copyFileSync(referenceProgram(reference), to);
        else writeFileSync(to, answers(new Plan(seed, exercise.slug)));
      });
    }
  }
  for (const to of writes.keys())
    if (existsSync(to)) throw new UsageError(`${to} is there already; nothing was written`);
  for (const [to, write] of writes) {
    makeFolder(dirname(to));
    write();
  }
  return [...writes.keys()];
}
