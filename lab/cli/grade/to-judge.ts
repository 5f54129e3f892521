import type { Work } from '../../grade/grade-rows.ts';
import type { GradePlan } from '../../grade/plan.ts';
import { workKey } from '../../grade/plan.ts';
import type { GradeRow } from '../../grade/row.ts';
import { settled, toDo } from '../../grade/settled.ts';
import { UsageError } from '../command.ts';

/** What `--rerun` takes. */
const RERUNS: Readonly<Record<string, (row: GradeRow) => boolean>> = {
  failed: ({ status, result }) => status !== 'infra' && result?.verdict !== 'pass',
  error: ({ status }) => status === 'infra',
  all: () => true,
};

/** @throws UsageError for another word than `--rerun` takes. */
export function mustBeRerun(word: string | undefined): void {
  if (word !== undefined && !Object.hasOwn(RERUNS, word))
    throw new UsageError(`--rerun takes ${Object.keys(RERUNS).join(', ')}, not "${word}"`);
}

/** What is to be judged: what has no verdict yet, and what is asked for anew. @throws UsageError as `mustBeRerun`. */
export function toJudge(plan: GradePlan, rows: readonly GradeRow[], rerun: string | undefined): Work[] {
  mustBeRerun(rerun);
  const open = toDo(plan, rows);
  const isWanted = rerun === undefined ? undefined : RERUNS[rerun];
  if (isWanted === undefined) return open;
  const { rows: verdicts } = settled(rows);
  const again = plan.rows.flatMap((row): Work[] => {
    const key = workKey(row, plan.header.suite);
    const verdict = verdicts.get(key);
    if (verdict === undefined || !isWanted(verdict)) return [];
    return [{ row, key, attempts: 0, rerun: (verdict.rerun ?? 0) + 1 }];
  });
  return [...open, ...again];
}
