import type { Exercise } from './exercise.ts';

/** An exercise together with its slow part: what `--slow` runs. The exercise itself when it has none. */
export function withSlowPart(exercise: Exercise): Exercise {
  const { slow } = exercise;
  if (slow === undefined) return exercise;
  return {
    ...exercise,
    lastsMs: exercise.lastsMs + slow.lastsMs,
    waitsForTimer: true,
    scenario: async (scene) => {
      await exercise.scenario(scene);
      await slow.scenario(scene);
    },
    checks: [...exercise.checks, ...slow.checks],
  };
}
