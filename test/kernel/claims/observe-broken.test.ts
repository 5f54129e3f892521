import { expect, test } from 'vitest';
import { o01 } from '../../../lab/claims/claims/o01.ts';
import { o03 } from '../../../lab/claims/claims/o03.ts';
import { o04 } from '../../../lab/claims/claims/o04.ts';
import { CLOSING, FOUR_WAY_CLOSE, LISTEN } from '../../../lab/claims/runs/exercises.ts';
import { settledBy } from './other-runs.ts';

test('one listener, and a close without data, make true what they cannot show to be otherwise', async () => {
  const verdicts = await settledBy([o01, { two: LISTEN }], [o04, { halfClosed: FOUR_WAY_CLOSE }]);
  expect(verdicts).toEqual({ O1: 'true', O4: 'true' });
});

test('two ends that close at the same time say nothing of two that do not', async () => {
  expect(await settledBy([o03, { stuck: CLOSING }])).toEqual({ O3: 'unsettled' });
});
