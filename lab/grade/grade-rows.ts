import PQueue from 'p-queue';
import { type Job, type JudgeJob, jobOf } from './job.ts';
import type { Journal } from './journal.ts';
import { type GradePlan, workKey } from './plan.ts';
import { infraRow } from './queue/infra-row.ts';
import type { GradeRow } from './row.ts';
import type { ToDo } from './settled.ts';

export interface GradeOptions {
  /** The folder that the plan's folders are in. */
  readonly store: string;
  readonly journal: Journal;
  readonly judge: JudgeJob;
  /** How many are judged at the same time. */
  readonly jobs: number;
  /** Is given each row when the journal has it. */
  readonly finished?: (row: GradeRow) => void;
  /** Nothing new is begun from then on. */
  readonly stop?: AbortSignal;
}

/** A piece of work to judge: how often it was tried, and how often a person has asked for it anew. */
export interface Work extends ToDo {
  readonly rerun?: number;
}

/**
 * Judges planned rows, the longest first, and writes each to the journal. One the lab itself has failed at is tried again, as often
 * as a piece of work may be. Nothing that a submission does ends it.
 */
export async function gradeRows(
  plan: GradePlan,
  work: readonly Work[],
  { store, journal, judge, jobs, finished = () => {}, stop }: GradeOptions,
): Promise<void> {
  const lasts = new Map(plan.header.exercises.map(({ number, lastsMs }) => [number, lastsMs]));
  const isStopped = (): boolean => stop?.aborted === true;
  const turns = new PQueue({ concurrency: jobs });
  const one = async ({ row, attempts, rerun = 0 }: Work): Promise<void> => {
    for (let attempt = attempts + 1; !isStopped(); attempt++) {
      const verdict = await tried(
        () => jobOf(plan, row, store, { attempt, rerun }),
        judge,
        plan,
        row,
        attempt,
      );
      if (isStopped() && verdict.status === 'infra') return;
      await journal.append(verdict);
      finished(verdict);
      if (verdict.terminal) return;
    }
  };
  await Promise.all(
    work.map((each) => turns.add(() => one(each), { priority: lasts.get(each.row.exercise.number) ?? 0 })),
  );
}

async function tried(
  job: () => Job,
  judge: JudgeJob,
  { header }: GradePlan,
  row: ToDo['row'],
  attempt: number,
): Promise<GradeRow> {
  let made: Job;
  try {
    made = job();
  } catch (error) {
    const { student, exercise, digest } = row;
    const because = error instanceof Error ? error.message : String(error);
    const key = workKey(row, header.suite);
    return infraRow(
      { key, student, exercise, digest, suite: header.suite, attempt, seed: 'none' },
      because,
      'this process',
    );
  }
  return await judge(made);
}
