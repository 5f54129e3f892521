import { describe, expect, test } from 'vitest';
import { killAgainAndAgain } from './killed-gradings.ts';
import { temporaryPath } from './temporary.ts';

const COURSES = [1, 2, 3, 4];
const KILLS = 25;

describe.concurrent('killed 100 times at random moments', () => {
  test.each(COURSES)(
    'course %i has each planned row once, and nothing is left behind',
    async (n) => {
      const { exitCode, said, planned, judged, left } = await killAgainAndAgain(
        temporaryPath(`course-${n}`),
        KILLS,
      );
      expect(exitCode, said).toBe(0);
      expect(judged.toSorted()).toEqual(planned.toSorted());
      expect(left).toEqual({ processes: [], groups: [], mounts: [], halfWritten: [] });
    },
    600_000,
  );
});
