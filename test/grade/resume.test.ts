import { describe, expect, test } from 'vitest';
import { killAgainAndAgain } from './killed-gradings.ts';
import { temporaryPath } from './temporary.ts';

// Two courses beside each other, as on a machine that several people use. 100 kills: npm run soak.
const COURSES = [1, 2];
const KILLS = 12;

describe.concurrent('killed again and again at random moments', () => {
  test.each(COURSES)(
    'course %i has each planned row once, and nothing is left behind',
    async (n) => {
      const { killedAt, exitCode, said, planned, judged, notPassed, left } = await killAgainAndAgain(
        temporaryPath(`course-${n}`),
        KILLS,
      );
      expect(exitCode, said).toBe(0);
      console.log(killedAt.join(' '));
      // It was under way, not before its first row and not after its last.
      expect(new Set(killedAt).size).toBeGreaterThan(2);
      expect(planned).toHaveLength(42);
      expect(judged.toSorted()).toEqual(planned.toSorted());
      expect(notPassed).toEqual([]);
      expect(left).toEqual({ processes: [], groups: [], mounts: [], halfWritten: [] });
    },
    300_000,
  );
});
