import { expect, test } from 'vitest';
import { t02 } from '../../../lab/claims/claims/t02.ts';
import { t04 } from '../../../lab/claims/claims/t04.ts';
import { t05 } from '../../../lab/claims/claims/t05.ts';
import { t08 } from '../../../lab/claims/claims/t08.ts';
import { HALF_CLOSE, REUSEADDR } from '../../../lab/claims/runs/exercises.ts';
import { OLD_NUMBER } from '../../../lab/claims/runs/old-number.ts';
import { wrongCast } from '../../../lab/exercise/casting.ts';
import { exercise as reuseaddr } from '../../../lab/exercises/18-reuseaddr/exercise.ts';
import { settledBy } from './other-runs.ts';

test('where tcp_rfc1337 is set an RST, too, is discarded, and nothing shows what gets in without TIME_WAIT', async () => {
  const safe = { ...OLD_NUMBER, staged: { ...OLD_NUMBER.staged, knobs: { tcp_rfc1337: '1' } } };
  const verdicts = await settledBy([t04, { ordinaryHost: safe }], [t05, { overlapping: safe }]);
  expect(verdicts).toEqual({ T4: 'true', T5: 'unsettled' });
});

test('a server that had SO_REUSEADDR without being told to makes the new socket’s option seem enough', async () => {
  const always = { ...REUSEADDR, cast: wrongCast(reuseaddr, { file: 'always-reuse.ts' }) };
  expect(await settledBy([t08, { restarted: always }])).toEqual({ T8: 'true' });
});

test('without a lost ACK no FIN comes again, and nothing is said of it', async () => {
  expect(await settledBy([t02, { lost: HALF_CLOSE }])).toEqual({ T2: 'unsettled' });
});
