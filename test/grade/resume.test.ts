import { expect, test } from 'vitest';
import { killAgainAndAgain } from './killed-gradings.ts';
import { temporaryPath } from './temporary.ts';

// 100 of them: test/grade/resume.soak.ts.
const KILLS = 25;

test(`killed ${KILLS} times at random moments, a grading has each planned row once, and leaves nothing behind`, async () => {
  const { killedAt, exitCode, said, planned, judged, notPassed, left } = await killAgainAndAgain(
    temporaryPath('course'),
    KILLS,
  );
  expect(exitCode, said).toBe(0);
  console.log(killedAt.join(' '));
  // It was under way, not before its first row and not after its last.
  expect(new Set(killedAt).size).toBeGreaterThan(4);
  expect(planned).toHaveLength(42);
  expect(judged.toSorted()).toEqual(planned.toSorted());
  expect(notPassed).toEqual([]);
  expect(left).toEqual({ processes: [], groups: [], mounts: [], halfWritten: [] });
}, 240_000);
