import { expect, test } from 'vitest';
import type { TourResult } from '../../lab/exercise/tour/tour.ts';
import { asNobody, isRoot } from '../support/nobody.ts';

test.skipIf(!isRoot)(
  'a user who owns nothing and may do nothing gets all eleven states (needs root to become one)',
  async () => {
    const { stdout, stderr, exitCode } = await asNobody((tcplab) => tcplab('tour', '--hold', '50', '--json'));
    expect(stderr).not.toContain('Error');
    const { states } = JSON.parse(stdout) as TourResult;
    expect(states.flatMap(({ problems }) => problems)).toEqual([]);
    expect(exitCode).toBe(0);
    expect(states).toHaveLength(11);
  },
);
