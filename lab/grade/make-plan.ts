import type { Exercise } from '../exercise/exercise.ts';
import { intake } from './intake/intake.ts';
import type { IntakeReport } from './intake/report.ts';
import { type GradePlan, plannedExercise } from './plan.ts';
import { suiteVersion } from './suite-version.ts';

export interface PlanWishes {
  /** Which exercises count; a submission's other folders are left alone. */
  readonly exercises: readonly Exercise[];
  /** Only these students; all when not said. */
  readonly students?: readonly string[];
}

/** Takes submissions in, and plans a run for each exercise of each student. @throws the system's errors for what is the grader's own. */
export async function makePlan(
  dir: string,
  store: string,
  { exercises, students }: PlanWishes,
): Promise<{ readonly plan: GradePlan; readonly report: IntakeReport }> {
  const [only] = exercises;
  const report = await intake(
    dir,
    store,
    exercises.length === 1 && only !== undefined ? { exercise: only } : {},
  );
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
            folder,
            digest,
            submittedAt,
          })),
      ),
    },
  };
}
