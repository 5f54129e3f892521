import { createHash } from 'node:crypto';
import type { Exercise } from '../exercise/exercise.ts';
import { shares } from '../exercise/judge/points.ts';
import { FieldError, Fields } from '../observe/fields.ts';

export interface ExerciseName {
  readonly number: number;
  readonly slug: string;
}

/** A check as it was when the plan was made; `needs`: the checks that must pass first. */
export interface PlannedCheck {
  readonly id: string;
  readonly title: string;
  readonly weight: number;
  readonly points: number;
  readonly needs: readonly string[];
}

export interface PlannedExercise extends ExerciseName {
  readonly title: string;
  readonly points: number;
  /** How long a run takes at most, in milliseconds. */
  readonly lastsMs: number;
  readonly checks: readonly PlannedCheck[];
}

/** Something odd about a submission, in one sentence. */
export interface Trouble {
  readonly student: string;
  /** The exercise's number; absent when it is about all of the submission. */
  readonly exercise?: number;
  readonly sentence: string;
}

/** The first line of `plan.jsonl`. */
export interface PlanHeader {
  readonly schema: 'tcplab/grade-plan/1';
  /** SHA-256 of what judges, in hexadecimal: the version of the checks. */
  readonly suite: string;
  /** ISO 8601. */
  readonly madeAt: string;
  /** The folder that the submissions came from. */
  readonly source: string;
  readonly exercises: readonly PlannedExercise[];
  readonly students: readonly string[];
  readonly trouble: readonly Trouble[];
}

/** One run to be done: a student's files for one exercise. */
export interface PlannedRow {
  readonly student: string;
  readonly exercise: ExerciseName;
  /** Below the store of the intake. */
  readonly folder: string;
  /** SHA-256 of the student's files, in hexadecimal. */
  readonly digest: string;
  /** ISO 8601; null when nobody knows. */
  readonly submittedAt: string | null;
}

export interface GradePlan {
  readonly header: PlanHeader;
  readonly rows: readonly PlannedRow[];
}

/** A file is no plan, or not a whole one. `line` counts from 1. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
  readonly code: 'not-json' | 'field' | 'rows';
  readonly line: number;

  constructor(code: PlanError['code'], line: number, sentence: string, cause?: unknown) {
    super(`line ${line} of the plan: ${sentence}. Make it anew with ./tcplab grade plan`, { cause });
    this.code = code;
    this.line = line;
  }
}

/** What a plan says of an exercise. The check that the programs start, which every exercise has, costs nothing and is left out. */
export function plannedExercise(exercise: Exercise): PlannedExercise {
  const { number, slug, title, points, lastsMs, checks } = exercise;
  const each = shares(
    points,
    checks.map(({ weight }) => weight),
  );
  return {
    number,
    slug,
    title,
    points,
    lastsMs,
    checks: checks.map(({ id, title: words, weight, needs = [] }, n) => ({
      id,
      title: words,
      weight,
      points: each[n] ?? 0,
      needs,
    })),
  };
}

/**
 * The identity of a piece of work, in hexadecimal: SHA-256 over student, exercise, digest and suite. Judging it twice changes
 * nothing.
 */
export function workKey(
  { student, exercise, digest }: Pick<PlannedRow, 'student' | 'exercise' | 'digest'>,
  suite: string,
): string {
  return createHash('sha256')
    .update(JSON.stringify([student, exercise.slug, digest, suite]))
    .digest('hex');
}

/** A plan as JSON Lines: the header with the number of rows, then a row a line. */
export function planText({ header, rows }: GradePlan): string {
  return [{ ...header, rows: rows.length }, ...rows].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/**
 * The plan in text that `planText` wrote: every row is of a student and an exercise of the header, and there is one at most for
 * both. @throws PlanError
 */
export function parsePlan(text: string): GradePlan {
  const lines = text.split('\n');
  const [header, count] = readLine(1, lines[0] ?? '', (value) => {
    const fields = new Fields(value, 'the header');
    return [parseHeader(fields), fields.count('rows')];
  });
  const students = new Set(header.students);
  const slugs = new Map(header.exercises.map(({ number, slug }) => [number, slug]));
  const seen = new Set<string>();
  const rows = lines.slice(1).flatMap((line, n) => {
    if (line === '') return [];
    const row = readLine(n + 2, line, (value) => parseRow(new Fields(value, 'the row')));
    const { student, exercise } = row;
    const both = JSON.stringify([student, exercise.number]);
    if (!students.has(student)) throw new PlanError('rows', n + 2, 'its student is none of the header');
    if (slugs.get(exercise.number) !== exercise.slug)
      throw new PlanError('rows', n + 2, 'its exercise is none of the header');
    if (seen.has(both)) throw new PlanError('rows', n + 2, 'there was a row for this student and exercise');
    seen.add(both);
    return [row];
  });
  if (rows.length !== count)
    throw new PlanError('rows', lines.length, `there should be ${count} rows, not ${rows.length}`);
  return { header, rows };
}

function parseHeader(fields: Fields): PlanHeader {
  return {
    schema: fields.oneOf('schema', ['tcplab/grade-plan/1']),
    suite: fields.text('suite'),
    madeAt: fields.time('madeAt'),
    source: fields.text('source'),
    exercises: fields.list('exercises', parseExercise),
    students: fields.texts('students'),
    trouble: fields.list('trouble', (each) => ({
      student: each.text('student'),
      ...each.maybe('exercise', (key) => each.count(key, 1)),
      sentence: each.text('sentence'),
    })),
  };
}

function parseExercise(fields: Fields): PlannedExercise {
  return {
    ...parseName(fields),
    title: fields.text('title'),
    points: fields.count('points'),
    lastsMs: fields.amount('lastsMs'),
    checks: fields.list('checks', (each) => ({
      id: each.text('id'),
      title: each.text('title'),
      weight: each.amount('weight'),
      points: each.count('points'),
      needs: each.texts('needs'),
    })),
  };
}

/** The number and the slug that an exercise is told by. */
export function parseName(fields: Fields): ExerciseName {
  return { number: fields.count('number', 1), slug: fields.text('slug') };
}

function parseRow(fields: Fields): PlannedRow {
  return {
    student: fields.text('student'),
    exercise: parseName(fields.object('exercise')),
    folder: fields.text('folder'),
    digest: fields.text('digest'),
    submittedAt: fields.isNull('submittedAt') ? null : fields.time('submittedAt'),
  };
}

function readLine<T>(line: number, text: string, read: (value: unknown) => T): T {
  try {
    return read(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new PlanError('not-json', line, `no JSON: ${error.message}`, error);
    if (error instanceof FieldError) throw new PlanError('field', line, error.message, error);
    throw error;
  }
}
