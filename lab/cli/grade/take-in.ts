import { existsSync } from 'node:fs';
import type { Course } from '../../grade/course.ts';
import { grownPlan, isWhole, type Part } from '../../grade/grow-plan.ts';
import { makePlan } from '../../grade/make-plan.ts';
import type { GradePlan } from '../../grade/plan.ts';
import { readPlan, writePlan } from '../../grade/plan-file.ts';
import type { GradeRow } from '../../grade/row.ts';
import { UsageError } from '../command.ts';
import { type GradePlace, intakeFolder } from './place.ts';
import { exercisesOf, wantedExercises } from './wishes.ts';

/** What is to be taken in. */
export interface TakeIn {
  /** The folder of the submissions. */
  readonly dir: string;
  readonly part: Part;
  readonly course: Course;
  /** What was judged into this place so far. */
  readonly journal: readonly GradeRow[];
}

/**
 * Takes submissions into the store of a place, and writes its plan. When only a part of the class is asked for, a plan that is there
 * already grows by that part.
 * @throws UsageError when there is nothing to judge; GrowError
 */
export async function takeIn(place: GradePlace, { dir, part, course, journal }: TakeIn): Promise<GradePlan> {
  const before = !isWhole(part) && existsSync(place.plan) ? readPlan(place.plan) : undefined;
  const { plan: now } = await makePlan(dir, place.store, {
    exercises: wantedExercises(part.exercises?.join(',')) ?? exercisesOf(course),
    students: part.students && [...part.students, ...(before?.header.students ?? [])],
    below: intakeFolder(part.exercises),
  });
  mustHaveAll(part.students, now, dir);
  const plan = grownPlan(before, now, part, journal);
  writePlan(place.plan, plan);
  return plan;
}

function mustHaveAll(wanted: readonly string[] | undefined, { header, rows }: GradePlan, dir: string): void {
  const unknown = wanted?.find((student) => !header.students.includes(student));
  if (unknown !== undefined) throw new UsageError(`there is no submission of "${unknown}" in ${dir}`);
  if (header.students.length === 0)
    throw new UsageError(
      `there is no submission in ${dir}: it should have a folder, .zip or .tar.gz a student`,
    );
  const [trouble] = header.trouble;
  if (rows.length === 0)
    throw new UsageError(
      `no submission in ${dir} has an exercise in it${trouble === undefined ? '' : `. ${trouble.student}: ${trouble.sentence}`}`,
    );
}
