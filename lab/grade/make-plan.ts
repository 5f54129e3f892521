import { join } from 'node:path';
import type { Exercise } from '../exercise/exercise.ts';
import { EXERCISES } from '../exercises/catalog.ts';
import { intake } from './intake/intake.ts';
import type { IntakeReport } from './intake/report.ts';
import { type GradePlan, plannedExercise } from './plan.ts';
import { suiteVersion } from './suite-version.ts';

export interface PlanWishes {
  /** Which exercises count; a submission's other folders are left alone. When not said: those that somebody handed in. */
  readonly exercises?: readonly Exercise[] | undefined;
  /** Only these students; all when not said. */
  readonly students?: readonly string[] | undefined;
  /** The folder in the store that the submissions are copied to; the store itself when not said. */
  readonly below?: string;
}

/** Takes submissions in, and plans a run for each exercise of each student. @throws the system's errors for what is the grader's own. */
export async function makePlan(
  dir: string,
  store: string,
  { exercises: wanted, students, below = '' }: PlanWishes,
): Promise<{ readonly plan: GradePlan; readonly report: IntakeReport }> {
  const [only, ...more] = wanted ?? [];
  const report = await intake(
    dir,
    join(store, below),
    only !== undefined && more.length === 0 ? { exercise: only } : {},
  );
  const exercises = wanted ?? handedIn(report);
  const numbers = new Set(exercises.map(({ number }) => number));
  const isWanted = (student: string): boolean => students === undefined || students.includes(student);
  const submissions = report.submissions.filter(({ student }) => isWanted(student));
  return {
    report,
    plan: {
      header: {
        schema: 'tcplab/grade-plan/1',
        suite: suiteVersion(),
        madeAt: new Date().toISOString(),
        source: dir,
        exercises: exercises.map(plannedExercise),
        students: submissions.map(({ student }) => student),
        trouble: report.trouble.filter(
          ({ student, exercise }) => isWanted(student) && (exercise === undefined || numbers.has(exercise)),
        ),
      },
      rows: submissions.flatMap(({ student, exercises: taken }) =>
        taken
          .filter(({ exercise }) => numbers.has(exercise.number))
          .map(({ exercise, folder, digest, submittedAt }) => ({
            student,
            exercise,
            folder: join(below, folder),
            digest,
            submittedAt,
          })),
      ),
    },
  };
}

function handedIn({ submissions }: IntakeReport): Exercise[] {
  const numbers = new Set(
    submissions.flatMap(({ exercises }) => exercises.map(({ exercise }) => exercise.number)),
  );
  return EXERCISES.filter(({ number }) => numbers.has(number));
}
