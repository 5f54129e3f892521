import { type GradePlan, type PlannedExercise, type PlannedRow, type Trouble, workKey } from './plan.ts';
import type { GradeRow } from './row.ts';
import { settled } from './settled.ts';

/** What of a class a plan was made for. Absent: all of them. */
export interface Part {
  readonly students?: readonly string[];
  /** By number. */
  readonly exercises?: readonly number[];
}

/** The checks have changed since the rest of the class was judged: verdicts of two versions do not belong in one book. */
export class GrowError extends Error {
  override readonly name = 'GrowError';
  readonly code = 'other-checks';
}

/**
 * The plan of a folder that has one already, when a part of the class is graded into it: the rows of that part are the new ones, and
 * all others stay as they were, with their verdicts. Work beyond the part that nobody has planned before is planned, too: it was
 * handed in, so a gradebook must not say that it is missing.
 * @param now of the submissions as they are: of the part, and of everybody else who is in the plan
 * @param journal what was judged so far
 * @throws GrowError
 */
export function grownPlan(
  before: GradePlan | undefined,
  now: GradePlan,
  part: Part,
  journal: readonly GradeRow[],
): GradePlan {
  if (before === undefined || isWhole(part)) return now;
  const { suite } = before.header;
  const isOthers = (row: PlannedRow): boolean => !isIn(part, row.student, row.exercise.number);
  const others = before.rows.filter(isOthers);
  if (suite !== now.header.suite) {
    const { rows: verdicts } = settled(journal);
    if (!others.some((row) => verdicts.has(workKey(row, suite)))) return now;
    throw new GrowError(
      'the checks have changed since the rest of this class was judged, and a gradebook has verdicts of one version. Grade all of it anew, without --only and --exercise, or into another folder',
    );
  }
  const planned = new Set(others.map(nameOf));
  const news = now.rows.filter((row) => !(isOthers(row) && planned.has(nameOf(row))));
  const trouble = before.header.trouble.filter(({ student, exercise }) => !isIn(part, student, exercise));
  const isTold = ({ student, exercise }: Trouble): boolean => isIn(part, student, exercise);
  return {
    header: {
      ...now.header,
      exercises: byNumber([...now.header.exercises, ...before.header.exercises]),
      students: [...new Set([...before.header.students, ...now.header.students])].sort(),
      trouble: [...trouble, ...now.header.trouble.filter(isTold)].sort((a, b) =>
        byText(a.student, b.student),
      ),
    },
    rows: [...others, ...news].sort(
      (a, b) => byText(a.student, b.student) || a.exercise.number - b.exercise.number,
    ),
  };
}

function nameOf({ student, exercise }: PlannedRow): string {
  return `${exercise.number} ${student}`;
}

/** Whether it is all of the class. */
export function isWhole({ students, exercises }: Part): boolean {
  return students === undefined && exercises === undefined;
}

/** Whether a student's exercise is in a part; without a number, whether the student is. */
export function isIn({ students, exercises }: Part, student: string, exercise?: number): boolean {
  return (
    (students?.includes(student) ?? true) &&
    (exercise === undefined || (exercises?.includes(exercise) ?? true))
  );
}

/** Each once, the first of a number. */
function byNumber(exercises: readonly PlannedExercise[]): PlannedExercise[] {
  const all = new Map<number, PlannedExercise>();
  for (const exercise of exercises) if (!all.has(exercise.number)) all.set(exercise.number, exercise);
  return [...all.values()].sort((a, b) => a.number - b.number);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
