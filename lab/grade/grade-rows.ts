import PQueue from 'p-queue';
import { type Job, JobError, type JudgeJob, jobOf } from './job.ts';
import type { Journal } from './journal.ts';
import type { GradePlan } from './plan.ts';
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
 * as a piece of work may be. Nothing that a submission does ends it; what the machine does (a full disk, no slot left) does.
 * @returns what could not be judged because its files are not those that were planned: a sentence each, and no row
 * @throws the first of the journal's or the judge's errors, when nothing runs any more
 */
export async function gradeRows(
  plan: GradePlan,
  work: readonly Work[],
  { store, journal, judge, jobs, finished = () => {}, stop }: GradeOptions,
): Promise<string[]> {
  const lasts = new Map(plan.header.exercises.map(({ number, lastsMs }) => [number, lastsMs]));
  const unreadable: string[] = [];
  const turns = new PQueue({ concurrency: jobs });
  let failure: { readonly error: unknown } | undefined;
  const isOver = (): boolean => failure !== undefined || stop?.aborted === true;
  const one = async ({ row, attempts, rerun = 0 }: Work): Promise<void> => {
    for (let attempt = attempts + 1; !isOver(); attempt++) {
      const job = jobOrTrouble(() => jobOf(plan, row, store, { attempt, rerun }));
      if (typeof job === 'string') return void unreadable.push(job);
      const verdict = await judge(job);
      if (isOver() && verdict.status === 'infra') return;
      await journal.append(verdict);
      finished(verdict);
      if (verdict.terminal) return;
    }
  };
  const oneAtATime = async (each: Work): Promise<void> => {
    try {
      await one(each);
    } catch (error) {
      if (!isOver()) failure = { error };
    }
  };
  await Promise.all(
    work.map((each) =>
      turns.add(() => oneAtATime(each), { priority: lasts.get(each.row.exercise.number) ?? 0 }),
    ),
  );
  if (failure !== undefined) throw failure.error;
  return unreadable;
}

/** A job, or the sentence why there is none. */
function jobOrTrouble(make: () => Job): Job | string {
  try {
    return make();
  } catch (error) {
    if (error instanceof JobError) return error.message;
    throw error;
  }
}
