import { shares } from '../exercise/judge/points.ts';
import type { CheckResult, CheckVerdict } from '../exercise/result.ts';
import {
  type Course,
  type CourseExercise,
  type CourseStudent,
  type Decision,
  type HiddenCheck,
  mustFit,
  PLAIN_COURSE,
} from './course.ts';
import { type Late, lateness } from './late.ts';
import { type GradePlan, type PlannedCheck, type PlannedExercise, type PlannedRow, workKey } from './plan.ts';
import type { GradeRow } from './row.ts';
import { settled } from './settled.ts';

export interface BookCheck {
  readonly id: string;
  readonly title: string;
  /** Null when it was not judged. */
  readonly verdict: CheckVerdict | null;
  readonly points: number;
  readonly maxPoints: number;
  readonly result: CheckResult | null;
  /** Students do not see it before its release. Also for a check that needs a hidden one: it would tell. */
  readonly hidden: Pick<HiddenCheck, 'sentence' | 'release'> | null;
}

/**
 * `judged`: there is a verdict. `waiting`: there will be one. `missing`: nothing was handed in. `open`: nothing was handed in, but
 * when the plan was made it was not due yet.
 */
export type EntryState = 'judged' | 'waiting' | 'missing' | 'open';

/** A student's work on one exercise. */
export interface BookEntry {
  readonly state: EntryState;
  readonly row: GradeRow | null;
  readonly checks: readonly BookCheck[];
  readonly submittedAt: string | null;
  readonly due: string | null;
  /** Null when it was in time, or nobody knows when it came. */
  readonly late: Late | null;
  /** What a person has decided about it. */
  readonly decided: Decision | null;
}

export interface BookExercise extends PlannedExercise {
  /** Its share of the course's total, relative to the others. */
  readonly weight: number;
  readonly canvasId: number | null;
}

export interface BookStudent {
  /** The name of the submission's folder. */
  readonly student: string;
  readonly known: CourseStudent;
  /** In the order of the book's exercises. */
  readonly entries: readonly BookEntry[];
  /** Oddities of the submission, in sentences for the student. */
  readonly trouble: readonly string[];
}

/** All there is to know of a course's results: every format is a pure function of it. */
export interface Gradebook {
  readonly title: string;
  readonly suite: string;
  readonly madeAt: string;
  readonly exercises: readonly BookExercise[];
  /** In the order of their names. */
  readonly students: readonly BookStudent[];
  /** Terminal rows that were left out, because another one was there for the same work. */
  readonly duplicates: number;
}

/**
 * Makes the book. A pure function: the same plan, rows and course give the same book, and rows of no planned work change nothing.
 * Students of the course who handed nothing in are in it, too.
 * @throws CourseError when the course speaks of checks that are not there.
 */
export function gradebook(
  plan: GradePlan,
  rows: readonly GradeRow[],
  course: Course = PLAIN_COURSE,
): Gradebook {
  const { header } = plan;
  mustFit(course, header.exercises);
  const { rows: verdicts, duplicates } = settled(rows);
  const exercises = header.exercises.map((exercise) => bookExercise(exercise, course));
  const planned = new Map(plan.rows.map((row) => [workName(row.student, row.exercise.number), row]));
  const names = new Set([...header.students, ...course.students.keys()]);
  const students = [...names].sort(byCodeUnits).map((student): BookStudent => {
    const known = course.students.get(student) ?? { due: new Map<number, string>() };
    return {
      student,
      known,
      entries: exercises.map((exercise) => {
        const work = planned.get(workName(student, exercise.number)) ?? null;
        const row = work === null ? null : (verdicts.get(workKey(work, header.suite)) ?? null);
        return entry(exercise, work, row, { course, known, madeAt: header.madeAt });
      }),
      trouble: header.trouble
        .filter((each) => each.student === student)
        .map(({ exercise, sentence }) =>
          exercise === undefined ? sentence : `Exercise ${exercise}: ${sentence}`,
        ),
    };
  });
  return { title: course.title, suite: header.suite, madeAt: header.madeAt, exercises, students, duplicates };
}

function workName(student: string, exercise: number): string {
  return `${exercise} ${student}`;
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function bookExercise(exercise: PlannedExercise, course: Course): BookExercise {
  const rules = course.exercises.get(exercise.number);
  return {
    ...exercise,
    checks: weighed(exercise, rules),
    weight: rules?.weight ?? exercise.points,
    canvasId: rules?.canvasId ?? null,
  };
}

/** The checks with the points that the course gives them. */
function weighed(
  { points, checks }: PlannedExercise,
  rules: CourseExercise | undefined,
): readonly PlannedCheck[] {
  if (rules === undefined || rules.checks.size === 0) return checks;
  const weights = checks.map(({ id, weight }) => rules.checks.get(id) ?? weight);
  const each = shares(points, weights);
  return checks.map((check, n) => ({ ...check, weight: weights[n] ?? 0, points: each[n] ?? 0 }));
}

interface Context {
  readonly course: Course;
  readonly known: CourseStudent;
  readonly madeAt: string;
}

function entry(
  exercise: BookExercise,
  work: PlannedRow | null,
  row: GradeRow | null,
  { course, known, madeAt }: Context,
): BookEntry {
  const rules = course.exercises.get(exercise.number);
  const due = known.due.get(exercise.number) ?? rules?.due ?? course.due;
  const submittedAt = work === null ? null : (toldTime(known, exercise.number) ?? work.submittedAt);
  const isOpen = due !== null && Date.parse(madeAt) <= Date.parse(due);
  return {
    state: work === null ? (isOpen ? 'open' : 'missing') : row === null ? 'waiting' : 'judged',
    row,
    checks: bookChecks(exercise, row, course.hidden),
    submittedAt,
    due,
    late:
      submittedAt === null || due === null ? null : lateness(submittedAt, due, rules?.late ?? course.late),
    decided: known.decided?.get(exercise.number) ?? null,
  };
}

/** When the course says that somebody has handed it in. */
function toldTime({ submitted }: CourseStudent, number: number): string | undefined {
  return typeof submitted === 'string' ? submitted : submitted?.get(number);
}

/** The planned checks, and before them those that every exercise has and that cost nothing. */
function bookChecks(
  { number, checks }: BookExercise,
  row: GradeRow | null,
  hidden: readonly HiddenCheck[],
): BookCheck[] {
  const results = row?.result?.checks ?? [];
  const ids = new Set(checks.map(({ id }) => id));
  const ofNumber = hidden.filter((each) => each.number === number);
  const hides = hiding(checks, ofNumber);
  return [
    ...results
      .filter(({ id }) => !ids.has(id))
      .map((result) => bookCheck({ id: result.id, title: result.title, points: 0 }, result, null)),
    ...checks.map((check) => {
      const result = results.find(({ id }) => id === check.id) ?? null;
      return bookCheck(check, result, hides.get(check.id) ?? null);
    }),
  ];
}

function bookCheck(
  { id, title, points: maxPoints }: Pick<PlannedCheck, 'id' | 'title' | 'points'>,
  result: CheckResult | null,
  hidden: BookCheck['hidden'],
): BookCheck {
  const verdict = result?.verdict ?? null;
  return { id, title, verdict, points: verdict === 'pass' ? maxPoints : 0, maxPoints, result, hidden };
}

/**
 * By id: what hides a check. A check that needs a hidden one is skipped when that one fails, and says so: it is hidden with it, and
 * for as long.
 */
function hiding(
  checks: readonly PlannedCheck[],
  hidden: readonly HiddenCheck[],
): Map<string, BookCheck['hidden']> {
  const hides = new Map<string, NonNullable<BookCheck['hidden']>>();
  for (const { id, needs } of checks) {
    const own = hidden.filter((each) => each.check === id);
    const all = [...own, ...needs.flatMap((need) => hides.get(need) ?? [])];
    const last = all.toSorted((a, b) => releaseTime(b.release) - releaseTime(a.release))[0];
    if (last !== undefined) hides.set(id, { sentence: (own[0] ?? last).sentence, release: last.release });
  }
  return hides;
}

function releaseTime(release: string | null): number {
  return release === null ? Number.MAX_SAFE_INTEGER : Date.parse(release);
}
