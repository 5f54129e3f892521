import { randomBytes } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Exercise } from '../../exercise/exercise.ts';
import { holdFolder } from '../intake/beneath.ts';
import { digestOf } from '../intake/digest.ts';
import { INTAKE_LIMITS } from '../intake/limits.ts';
import { isArchive } from '../intake/submissions.ts';
import { takeSubmission } from '../intake/take.ts';
import type { Job } from '../job.ts';
import { workKey } from '../plan.ts';
import { suiteVersion } from '../suite-version.ts';

/** What was taken of one submission, ready to be judged. */
export interface OneSubmission {
  readonly exercises: readonly {
    readonly exercise: Exercise;
    /** The job for a try, from 1; each has a seed of its own. */
    readonly job: (attempt: number) => Job;
  }[];
  /** What was odd about it, a sentence each. */
  readonly notes: readonly string[];
}

/** Takes one submission in: a folder with `NN-slug/` folders, or an archive of it. Nothing of it is imported, or run here. */
export async function takeOne(path: string): Promise<OneSubmission> {
  using folder = holdFolder(dirname(path));
  const name = basename(path);
  const form = isArchive(name) && lstatSync(path).isFile() ? 'archive' : 'folder';
  const handed = { student: name, name: Buffer.from(name), form } as const;
  const { chosen, notes } = await takeSubmission(folder, handed, undefined, INTAKE_LIMITS);
  const suite = suiteVersion();
  return {
    exercises: chosen.map(({ exercise, files }) => {
      const named = { number: exercise.number, slug: exercise.slug };
      const work = { student: name, exercise: named, digest: digestOf(files) };
      return {
        exercise,
        job: (attempt) => ({
          ...{ ...work, key: workKey(work, suite), suite, attempt },
          seed: randomBytes(8).toString('hex'),
          files: files.map((file) => ({ path: file.path, base64: file.content.toString('base64') })),
        }),
      };
    }),
    notes: notes.map(({ exercise, sentence }) =>
      exercise === undefined ? sentence : `Exercise ${exercise.number}: ${sentence}`,
    ),
  };
}
