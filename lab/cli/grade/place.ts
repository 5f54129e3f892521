import { dirname, join } from 'node:path';

/** Where things are below `--out`. */
export interface GradePlace {
  readonly folder: string;
  readonly plan: string;
  readonly journal: string;
  /** The intake's store. */
  readonly store: string;
}

/** The place of a grading in its folder, an absolute path. */
export function gradePlace(folder: string): GradePlace {
  return {
    folder,
    plan: join(folder, 'plan.jsonl'),
    journal: join(folder, 'journal.jsonl'),
    store: join(folder, 'intake'),
  };
}

/** The place of the grading that a plan belongs to: everything lies beside it. */
export function placeOfPlan(plan: string): GradePlace {
  return { ...gradePlace(dirname(plan)), plan };
}
