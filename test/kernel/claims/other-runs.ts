import type { Claim } from '../../../lab/claims/claim.ts';
import type { AnyRun } from '../../../lab/claims/run.ts';
import { type ClaimResult, settleClaims } from '../../../lab/claims/settle.ts';

/** A claim, with other runs in the place of some of its own. */
export type Broken = readonly [claim: Claim, runs: Readonly<Record<string, AnyRun>>];

/** Settles claims by other runs than theirs. By id: what became of each. */
export async function settledBy(
  ...broken: readonly Broken[]
): Promise<Record<string, ClaimResult['verdict']>> {
  const claims = broken.map(([claim, runs]) => ({ ...claim, runs: { ...claim.runs, ...runs } }));
  const results = await settleClaims(claims, { seed: 'broken', backend: 'namespaces', jobs: 4 });
  return Object.fromEntries(results.map(({ id, verdict }) => [id, verdict]));
}
