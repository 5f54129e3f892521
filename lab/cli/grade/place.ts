import { closeSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tryLockFile } from '../../sys/file-lock.ts';
import { EnvironmentError } from '../command.ts';
import { makeFolder } from '../make-folder.ts';

/** Where things are below `--out`. */
export interface GradePlace {
  readonly folder: string;
  readonly plan: string;
  readonly journal: string;
  /** What the plan's folders are in. */
  readonly store: string;
}

/** The place of a grading in its folder, an absolute path. */
export function gradePlace(folder: string): GradePlace {
  return {
    folder,
    plan: join(folder, 'plan.jsonl'),
    journal: join(folder, 'journal.jsonl'),
    store: folder,
  };
}

/** The place of the grading that a plan belongs to: everything lies beside it. */
export function placeOfPlan(plan: string): GradePlace {
  return { ...gradePlace(dirname(plan)), plan };
}

/**
 * The folder in the store for the submissions of a call: one that is for some exercises leaves alone what was taken in for others,
 * which may have come from another folder.
 */
export function intakeFolder(exercises: readonly number[] | undefined): string {
  return exercises === undefined ? 'intake' : `intake-${exercises.join('-')}`;
}

/**
 * Makes the folder of a grading, where there is none, for its owner alone: it holds programs and points. And keeps everybody else from
 * writing there, until it is disposed of or this process ends.
 * @throws EnvironmentError when another grading writes there
 */
export function takePlace({ folder }: GradePlace): Disposable {
  makeFolder(folder, 0o700);
  const fd = openSync(join(folder, '.lock'), 'a', 0o600);
  if (!tryLockFile(fd)) {
    closeSync(fd);
    throw new EnvironmentError(
      `another ./tcplab grade works in ${folder}. Wait for it, end it, or take another folder`,
    );
  }
  return {
    [Symbol.dispose]() {
      closeSync(fd);
    },
  };
}
