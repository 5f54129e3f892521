import { type Job, type JudgeJob, MOST_ATTEMPTS } from '../job.ts';
import type { GradeRow } from '../row.ts';
import { infraRow } from './infra-row.ts';
import { shortSuite } from './names.ts';

/**
 * The row of a job, whatever the judge does: one of this very work, and terminal as the number of its try says. A job of other checks
 * than these is not judged.
 */
export async function judged(
  job: Job,
  { judge, suite }: { readonly judge: JudgeJob; readonly suite: string },
  worker: string,
): Promise<GradeRow> {
  const beganAt = Date.now();
  if (job.suite !== suite)
    return infraRow(
      job,
      `It is for the checks ${shortSuite(job.suite)}, and this worker has ${shortSuite(suite)}. Bring both to one version.`,
      worker,
    );
  try {
    const row = await judge(job);
    if (row.key !== job.key || row.attempt !== job.attempt || (row.rerun ?? 0) !== (job.rerun ?? 0))
      return infraRow(job, 'The judge gave the row of other work.', worker, beganAt);
    return { ...row, terminal: row.status !== 'infra' || job.attempt >= MOST_ATTEMPTS };
  } catch (error) {
    const because = error instanceof Error ? error.message : String(error);
    return infraRow(job, `The judge failed: ${because}`, worker, beganAt);
  }
}
