import { gradeRows, type Work } from '../../grade/grade-rows.ts';
import type { Journal } from '../../grade/journal.ts';
import type { GradePlan } from '../../grade/plan.ts';
import type { Backend } from '../../host/backend.ts';
import type { Interruption } from './interruption.ts';
import { withSlots } from './judging.ts';
import { Progress } from './progress.ts';

export interface JudgeAllOptions {
  readonly store: string;
  readonly journal: Journal;
  readonly jobs: number;
  readonly backend: Backend;
  readonly interruption: Interruption;
}

/**
 * Judges work in slots of this machine, into a journal, and tells how far it is.
 * @returns a sentence for each that could not be judged, because its files are not those that were planned
 * @throws InterruptedError when it was interrupted; what was judged by then is in the journal
 */
export async function judgeAll(
  plan: GradePlan,
  work: readonly Work[],
  { store, journal, jobs, backend, interruption }: JudgeAllOptions,
): Promise<string[]> {
  interruption.signal.throwIfAborted();
  if (work.length === 0) return [];
  const count = Math.min(jobs, work.length);
  return await withSlots({ count, backend }, interruption, async (judge) => {
    const progress = new Progress(work, plan, count);
    const unreadable = await gradeRows(plan, work, {
      ...{ store, journal, judge, jobs: count, stop: interruption.signal },
      finished: (row) => progress.finished(row),
    });
    progress.end();
    interruption.signal.throwIfAborted();
    return unreadable;
  });
}
