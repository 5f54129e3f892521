import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shares } from '../../lab/exercise/judge/points.ts';

test.each([
  [12, [0, 1, 1, 2, 2], [0, 2, 2, 4, 4]],
  [10, [1, 1, 1], [4, 3, 3]],
  [1, [1, 2], [0, 1]],
  [5, [], []],
])('%i points by the weights %j are %j', (points, weights, expected) => {
  expect(shares(points, weights)).toEqual(expected);
});

test('shares are whole, add up, and nobody is off by a point or more', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      fc
        .array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 12 })
        .filter((all) => all.some(Boolean)),
      (points, weights) => {
        const parts = shares(points, weights);
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(points);
        for (const [n, part] of parts.entries()) {
          expect(Number.isInteger(part)).toBe(true);
          expect(Math.abs(part - (points * (weights[n] as number)) / total)).toBeLessThan(1);
        }
      },
    ),
  );
});
