import type { ExerciseName, Trouble } from '../plan.ts';

/** A student's work on one exercise, as it lies in the store. */
export interface TakenExercise {
  readonly exercise: ExerciseName;
  /** Below the store: `ada/04-syn-rcvd`. It is there, and empty, when no file could be taken. */
  readonly folder: string;
  /** See `digestOf`. */
  readonly digest: string;
  /**
   * The newest time of the files, ISO 8601 in UTC; null when none of them has one. It comes from the folder or the archive, where
   * a student can write any: where a late policy costs points, hold it against the time that the course's own system has.
   */
  readonly submittedAt: string | null;
  /** In the order of their paths, relative to `folder`, with `/`. */
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
  /** The student's files of this exercise that are not there. */
  readonly missing: readonly string[];
}

/** What one student handed in. */
export interface Submission {
  readonly student: string;
  /** Its name in the folder of submissions, quoted: `ada.zip`. */
  readonly from: string;
  /** Its name in the store. */
  readonly folder: string;
  /** By number: the exercises that the submission has a folder of. */
  readonly exercises: readonly TakenExercise[];
}

/** What `intake` found and did. The same submissions give the same report. */
export interface IntakeReport {
  readonly schema: 'tcplab/grade-intake/1';
  /** By student. */
  readonly submissions: readonly Submission[];
  /**
   * What was not taken, or not as it was meant: by student, then as met. The sentences end in what to do, and have no control or
   * direction characters in them.
   */
  readonly trouble: readonly Trouble[];
  /** Names among the submissions that are none, and were left alone. */
  readonly others: readonly string[];
}
