import { expect, test } from 'vitest';
import type { Claim } from '../../../lab/claims/claim.ts';
import { h04 } from '../../../lab/claims/claims/h04.ts';
import { h07 } from '../../../lab/claims/claims/h07.ts';
import { h16 } from '../../../lab/claims/claims/h16.ts';
import type { AnyRun, Run } from '../../../lab/claims/run.ts';
import { type ClaimResult, settleClaims } from '../../../lab/claims/settle.ts';
import { referenceProgram } from '../../../lab/exercise/programs.ts';

/** Settles a claim whose runs have been changed. */
async function settled(claim: Claim, change: (run: Run) => Run = (run) => run): Promise<ClaimResult> {
  const changed = Object.entries(claim.runs).map(([name, run]): [string, AnyRun] => [
    name,
    'call' in run ? run : change(run),
  ]);
  const broken = { ...claim, runs: Object.fromEntries(changed) };
  const [result] = await settleClaims([broken], { seed: 'broken', backend: 'namespaces', jobs: 2 });
  return result as ClaimResult;
}

test('a claim that is false without accept() is not settled by a program that accepts', async () => {
  expect(await settled(h07)).toMatchObject({ verdict: 'false' });
  const accepts = { host: 'server', file: referenceProgram('servers/echo.ts'), student: false };
  const result = await settled(h07, (run) => ({ ...run, cast: { ...run.cast, server: accepts } }));
  expect(result).toMatchObject({ verdict: 'unsettled', evidence: [] });
  expect(result.note.en).toMatch(/^Not settled: .+\.$/);
});

test('where the server knows nothing of Fast Open, what depends on it is true', async () => {
  expect(await settled(h04)).toMatchObject({ verdict: 'depends' });
  const clientOnly = { tcp_fastopen: '1' };
  const result = await settled(h04, (run) => ({ ...run, staged: { ...run.staged, knobs: clientOnly } }));
  expect(result).toMatchObject({ verdict: 'true' });
});

test('an answer to a SYN that the client has sent is not one that it did not ask for', async () => {
  const connects = { host: 'client', file: referenceProgram('clients/connect.ts'), student: false };
  const result = await settled(h16, (run) => ({ ...run, cast: { ...run.cast, replay: connects } }));
  expect(result).toMatchObject({ verdict: 'unsettled' });
  expect(result.note.en).toContain('the second SYN was not the old one');
});
