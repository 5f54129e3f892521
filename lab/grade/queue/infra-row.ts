import { type Job, MOST_ATTEMPTS } from '../job.ts';
import type { GradeRow } from '../row.ts';

/** The row of a try that the lab is to blame for, and that no judge has written. */
export function infraRow(
  { key, student, exercise, digest, suite, attempt, rerun, seed }: Omit<Job, 'files'>,
  because: string,
  worker: string,
  beganAt: number = Date.now(),
): GradeRow {
  return {
    schema: 'tcplab/grade-row/1',
    key,
    student,
    exercise,
    digest,
    suite,
    attempt,
    terminal: attempt >= MOST_ATTEMPTS,
    ...(rerun === undefined ? {} : { rerun }),
    status: 'infra',
    because,
    result: null,
    confinement: { by: 'rlimits', uid: process.getuid?.() ?? 0 },
    startedAt: new Date(beganAt).toISOString(),
    ms: Date.now() - beganAt,
    worker,
    seed,
  };
}
