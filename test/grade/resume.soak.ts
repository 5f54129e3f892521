import { expect, test } from 'vitest';
import { killAgainAndAgain } from './killed-gradings.ts';
import { temporaryPath } from './temporary.ts';

const KILLS = 100;

test(`killed ${KILLS} times at random moments, a grading has each planned row once, and leaves nothing behind`, async () => {
  const { exitCode, said, planned, judged, left } = await killAgainAndAgain(temporaryPath('course'), KILLS);
  expect(exitCode, said).toBe(0);
  expect(judged.toSorted()).toEqual(planned.toSorted());
  expect(left).toEqual({ processes: [], groups: [], mounts: [], halfWritten: [] });
}, 900_000);
