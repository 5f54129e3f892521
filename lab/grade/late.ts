import type { LatePolicy } from './course.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** How late something came, and what that costs. */
export interface Late {
  /** Days that were begun since it was due; from 1. */
  readonly days: number;
  /** What it costs, in per cent of the points: 0 to 100. */
  readonly percent: number;
}

/** @returns null when it was in time. A course without a policy notes lateness, but it costs nothing. */
export function lateness(submittedAt: string, due: string, policy: LatePolicy | null): Late | null {
  const overMs = Date.parse(submittedAt) - Date.parse(due);
  if (overMs <= (policy?.graceMinutes ?? 0) * MINUTE_MS) return null;
  const days = Math.ceil(overMs / DAY_MS);
  if (policy === null) return { days, percent: 0 };
  const closed = policy.closesAfterDays !== null && overMs > policy.closesAfterDays * DAY_MS;
  return { days, percent: closed ? 100 : Math.min(days * policy.percentPerDay, policy.mostPercent) };
}
