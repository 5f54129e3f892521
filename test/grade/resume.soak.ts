import { expect, test } from 'vitest';
import { killAgainAndAgain, slotGroups } from './killed-gradings.ts';
import { temporaryPath } from './temporary.ts';

// Beside each other, as on a machine that several people use.
const COURSES = [1, 2, 3, 4];
const KILLS = 25;

test('gradings killed 100 times at random moments have each planned row once, and leave nothing behind', async () => {
  const folder = temporaryPath('courses');
  const groupsBefore = slotGroups();
  const survived = await Promise.all(COURSES.map((n) => killAgainAndAgain(`${folder}/${n}`, KILLS)));
  for (const { killedAt, planned, judged, notPassed, left } of survived) {
    console.log(killedAt.join(' '));
    expect(planned).toHaveLength(42);
    expect(judged.toSorted()).toEqual(planned.toSorted());
    expect(notPassed).toEqual([]);
    expect(left).toEqual({ processes: [], mounts: [], halfWritten: [] });
  }
  // They were under way, not before the first row and not after the last.
  expect(new Set(survived.flatMap(({ killedAt }) => killedAt)).size).toBeGreaterThan(3);
  expect(slotGroups().filter((name) => !groupsBefore.includes(name))).toEqual([]);
}, 900_000);
