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

/** What the machine was too busy for is tried again when there is nothing else to begin: then it has less to do. */
const AFTER_ALL_OTHERS = -1;

/** A piece of work to judge: how often it was tried, and how often a person has asked for it anew. */
export interface Work extends ToDo {
  readonly rerun?: number;
}

/**
 * Judges planned rows, the longest first, and writes each to the journal. One the lab itself has failed at is tried again after the
 * others, as often as a piece of work may be. Nothing that a submission does ends it; what the machine does (a full disk, no slot left)
 * does.
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
  /** @returns whether it is to be tried again */
  const tryOnce = async ({ row, rerun = 0 }: Work, attempt: number): Promise<boolean> => {
    const job = jobOrTrouble(() => jobOf(plan, row, store, { attempt, rerun }));
    if (typeof job === 'string') {
      unreadable.push(job);
      return false;
    }
    const verdict = await judge(job);
    if (isOver() && verdict.status === 'infra') return false;
    await journal.append(verdict);
    finished(verdict);
    return !verdict.terminal;
  };
  const turn = async (each: Work, attempt: number): Promise<boolean> => {
    try {
      return !isOver() && (await tryOnce(each, attempt));
    } catch (error) {
      if (!isOver()) failure = { error };
      return false;
    }
  };
  const toItsEnd = async (each: Work): Promise<void> => {
    const first = each.attempts + 1;
    const priority = lasts.get(each.row.exercise.number) ?? 0;
    for (let attempt = first; ; attempt += 1) {
      const again = await turns.add(() => turn(each, attempt), {
        priority: attempt === first ? priority : AFTER_ALL_OTHERS,
      });
      if (!again) return;
    }
  };
  await Promise.all(work.map(toItsEnd));
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
