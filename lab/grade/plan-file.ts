import { readFileSync } from 'node:fs';
import { replaceFile } from '../sys/replace-file.ts';
import { type GradePlan, parsePlan, planText } from './plan.ts';

/** The plan in a file. @throws PlanError, and what Node says of a file that cannot be read. */
export function readPlan(path: string): GradePlan {
  return parsePlan(readFileSync(path, 'utf8'));
}

/** Writes a plan. Whoever is killed meanwhile leaves the old file or the new one. */
export function writePlan(path: string, plan: GradePlan): void {
  replaceFile(path, planText(plan));
}
