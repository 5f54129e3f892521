import { existsSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { Exercise } from '../../exercise/exercise.ts';
import { EXERCISES, exerciseNamed } from '../../exercises/catalog.ts';
import { type Course, CourseError, PLAIN_COURSE, parseCourse } from '../../grade/course.ts';
import { UsageError } from '../command.ts';
import { wholeNumber } from '../options.ts';

/** Most of the time a run waits for the kernel; so many a processor keep it busy, and the witnesses still see. */
const JOBS_A_PROCESSOR = 6;
const MOST_JOBS = 256;

/** The exercises in `4,7`; all when nothing is said. @throws UnknownExercise. */
export function wantedExercises(text: string | undefined): readonly Exercise[] {
  if (text === undefined) return EXERCISES;
  const named = new Set(listOf(text).map(exerciseNamed));
  return EXERCISES.filter((exercise) => named.has(exercise));
}

/** The words in `ada,grace`. */
export function listOf(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** How many submissions are judged at the same time. @throws UsageError. */
export function jobsWanted(text: string | undefined): number {
  return text === undefined
    ? availableParallelism() * JOBS_A_PROCESSOR
    : wholeNumber('--jobs', text, 1, MOST_JOBS);
}

/** The rules of the course. @throws UsageError with what is wrong with the file. */
export function courseIn(file: string | undefined): Course {
  if (file === undefined) return PLAIN_COURSE;
  if (!existsSync(file)) throw new UsageError(`there is no file ${file}`);
  try {
    return parseCourse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof CourseError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

/** A folder that has to be there, as an absolute path. @throws UsageError. */
export function folderThere(typed: string): string {
  if (statSync(typed, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(`there is no folder ${typed}`);
  return resolve(typed);
}

/** @throws UsageError that names the option. */
export function needed(option: string, value: string | undefined): string {
  if (value === undefined) throw new UsageError(`grade needs ${option}: see ./tcplab grade --help`);
  return value;
}
