import { expect, test } from 'vitest';
import { c05 } from '../../../lab/claims/claims/c05.ts';
import { c06 } from '../../../lab/claims/claims/c06.ts';
import { c07 } from '../../../lab/claims/claims/c07.ts';
import { c10 } from '../../../lab/claims/claims/c10.ts';
import { c12 } from '../../../lab/claims/claims/c12.ts';
import { c13 } from '../../../lab/claims/claims/c13.ts';
import { c14 } from '../../../lab/claims/claims/c14.ts';
import { FOUR_WAY_CLOSE, HALF_CLOSE } from '../../../lab/claims/runs/exercises.ts';
import { settledBy } from './other-runs.ts';

test('what depends on how a connection is closed does not, when all of them are closed alike', async () => {
  const verdicts = await settledBy(
    [c05, { unanswered: HALF_CLOSE }],
    [c06, { closed: HALF_CLOSE }],
    [c10, { corked: FOUR_WAY_CLOSE }],
    [c12, { atOnce: HALF_CLOSE }],
  );
  expect(verdicts).toEqual({ C5: 'true', C6: 'true', C10: 'true', C12: 'true' });
});

test('nothing is said of what a run did not bring about', async () => {
  const verdicts = await settledBy(
    [c07, { closed: FOUR_WAY_CLOSE }],
    [c13, { isReset: FOUR_WAY_CLOSE }],
    [c14, { oneCloses: FOUR_WAY_CLOSE }],
  );
  expect(verdicts).toEqual({ C7: 'unsettled', C13: 'unsettled', C14: 'unsettled' });
});
