import { expect, test } from 'vitest';
import { killAgainAndAgain } from './killed-gradings.ts';
import { temporaryPath } from './temporary.ts';

/**
 * Kills gradings beside each other, as on a machine that several people use, and expects each planned row once, and nothing left.
 * @param kills of each course
 */
export function survivesKills(courses: number, kills: number, timeout: number): void {
  const all = courses * kills;
  test(`gradings killed ${all} times at random moments have each planned row once, and leave nothing behind`, {
    timeout,
  }, async () => {
    const folder = temporaryPath('courses');
    const survived = await Promise.all(
      Array.from({ length: courses }, (_, n) => killAgainAndAgain(`${folder}/${n}`, kills)),
    );
    for (const { killedAt, planned, judged, notPassed, left } of survived) {
      console.log(killedAt.join(' '));
      expect(planned).toHaveLength(42);
      expect(judged.toSorted()).toEqual(planned.toSorted());
      expect(notPassed).toEqual([]);
      expect(left).toEqual({ processes: [], mounts: [], halfWritten: [], groups: [] });
    }
    // They were under way, not before the first row and not after the last.
    expect(new Set(survived.flatMap(({ killedAt }) => killedAt)).size).toBeGreaterThan(3);
  });
}
