import { existsSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { Exercise } from '../../exercise/exercise.ts';
import { EXERCISES, exerciseNamed } from '../../exercises/catalog.ts';
import { type Course, CourseError, mustFit, PLAIN_COURSE, parseCourse } from '../../grade/course.ts';
import type { Part } from '../../grade/grow-plan.ts';
import { plannedExercise } from '../../grade/plan.ts';
import type { Backend } from '../../host/backend.ts';
import { UsageError } from '../command.ts';
import { wholeNumber } from '../options.ts';

/** Most of the time a run waits for the kernel; so many a processor keep it busy, and with more the witnesses see less and nothing is faster. */
const JOBS_A_PROCESSOR = 4;
/** With containers the engine is what a run waits for: with more at once each takes longer, and the whole as long. */
const JOBS_OF_AN_ENGINE = 4;
const MOST_JOBS = 256;

/** The exercises in `4,7`; undefined when nothing is said. @throws UnknownExercise. */
export function wantedExercises(text: string | undefined): readonly Exercise[] | undefined {
  if (text === undefined) return undefined;
  const named = new Set(listOf('--exercise', text).map(exerciseNamed));
  return EXERCISES.filter((exercise) => named.has(exercise));
}

/** The exercises that a course has rules for; undefined when it has none for any. @throws UnknownExercise. */
export function exercisesOf({ exercises }: Course): readonly Exercise[] | undefined {
  const named = [...exercises.keys()].map((number) => exerciseNamed(String(number)));
  return named.length === 0 ? undefined : EXERCISES.filter((exercise) => named.includes(exercise));
}

/** What of the class `--only` and `--exercise` ask for. @throws UnknownExercise, UsageError. */
export function wantedPart({ only, exercise }: { only?: string; exercise?: string }): Part {
  const exercises = wantedExercises(exercise);
  return {
    ...(only === undefined ? {} : { students: listOf('--only', only) }),
    ...(exercises === undefined ? {} : { exercises: exercises.map(({ number }) => number) }),
  };
}

/** How many submissions are judged at the same time. @throws UsageError. */
export function jobsWanted(text: string | undefined, backend: Backend): number {
  if (text !== undefined) return wholeNumber('--jobs', text, 1, MOST_JOBS);
  return backend === 'docker'
    ? JOBS_OF_AN_ENGINE
    : Math.min(MOST_JOBS, availableParallelism() * JOBS_A_PROCESSOR);
}

/** The rules of the course; plain ones when no file is said. @throws UsageError with what is wrong with the file. */
export function courseIn(file: string | undefined): Course {
  if (file === undefined) return PLAIN_COURSE;
  if (!existsSync(file)) throw new UsageError(`there is no file ${file}`);
  try {
    const course = parseCourse(readFileSync(file, 'utf8'));
    mustFit(course, EXERCISES.map(plannedExercise));
    return course;
  } catch (error) {
    if (error instanceof CourseError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

/** A folder that has to be there, as an absolute path. @throws UsageError. */
export function folderThere(typed: string | undefined): string {
  if (typed === undefined)
    throw new UsageError('the folder of the submissions is missing: see ./tcplab grade --help');
  if (statSync(typed, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(`there is no folder ${typed}`);
  return resolve(typed);
}

/** @throws UsageError that names the option. */
export function needed(option: string, value: string | undefined): string {
  if (value === undefined || value === '')
    throw new UsageError(`${option} is missing: see ./tcplab grade --help`);
  return value;
}

/** The words in `ada,grace`. @throws UsageError when there is none. */
function listOf(option: string, text: string): string[] {
  const words = text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  if (words.length === 0) throw new UsageError(`${option} names nobody and nothing`);
  return words;
}
