import { expect, test } from 'vitest';
import { r03 } from '../../../lab/claims/claims/r03.ts';
import { r06 } from '../../../lab/claims/claims/r06.ts';
import { r07 } from '../../../lab/claims/claims/r07.ts';
import { r10 } from '../../../lab/claims/claims/r10.ts';
import { FOUR_WAY_CLOSE, UNREAD } from '../../../lab/claims/runs/exercises.ts';
import { INTERRUPTED } from '../../../lab/claims/runs/interrupted.ts';
import { wrongCast } from '../../../lab/exercise/casting.ts';
import { referenceProgram } from '../../../lab/exercise/programs.ts';
import { exercise as unread } from '../../../lab/exercises/23-unread/exercise.ts';
import { settledBy } from './other-runs.ts';

test('a server that has read everything sends no RST', async () => {
  const reads = { ...UNREAD, cast: wrongCast(unread, { file: 'reads-first.ts' }) };
  expect(await settledBy([r06, { unread: reads }])).toEqual({ R6: 'false' });
});

test('an RST that SO_LINGER brought about is told apart', async () => {
  const lingers = { ...UNREAD, cast: wrongCast(unread, { file: 'resets.ts' }) };
  expect(await settledBy([r07, { unread: lingers }])).toEqual({ R7: 'true' });
});

test('nothing is said of a reset that did not come, or of unread bytes that a program has read', async () => {
  const reader = { host: 'client', file: referenceProgram('clients/connect.ts'), student: false };
  const reads = { ...INTERRUPTED, cast: { ...INTERRUPTED.cast, client: reader } };
  const verdicts = await settledBy([r03, { aborted: FOUR_WAY_CLOSE }], [r10, { interrupted: reads }]);
  expect(verdicts).toEqual({ R3: 'unsettled', R10: 'unsettled' });
});
