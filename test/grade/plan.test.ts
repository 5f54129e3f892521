import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EXERCISES as CATALOG } from '../../lab/exercises/catalog.ts';
import {
  type GradePlan,
  PlanError,
  parsePlan,
  plannedExercise,
  planText,
  workKey,
} from '../../lab/grade/plan.ts';
import { readPlan, writePlan } from '../../lab/grade/plan-file.ts';
import { toDo } from '../../lab/grade/settled.ts';
import { shardRows } from '../../lab/grade/shard.ts';
import { EXERCISES, PLAN, planned, planOf, ROWS, rowOf } from './hand-made.ts';
import { temporaryPath } from './temporary.ts';

/** Plans of some students who each have some of the exercises. */
const anyPlan: fc.Arbitrary<GradePlan> = fc
  .uniqueArray(fc.string({ unit: 'binary', maxLength: 6 }), { minLength: 1, maxLength: 40 })
  .chain((students) =>
    fc.array(fc.subarray(EXERCISES), { minLength: students.length, maxLength: students.length }).map((each) =>
      planOf(
        students,
        students.flatMap((student, n) => (each[n] ?? []).map((exercise) => planned(student, exercise, null))),
      ),
    ),
  );

test('a plan is read back, from text and from a file', () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      expect(parsePlan(planText(plan))).toEqual(plan);
    }),
  );
  const path = temporaryPath('plan.jsonl');
  writePlan(path, PLAN);
  expect(readPlan(path)).toEqual(PLAN);
});

test('a plan that lacks its end is refused, wherever it was cut', () => {
  const text = planText(PLAN);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: text.length - 2 }), (at) => {
      expect(() => parsePlan(text.slice(0, at))).toThrow(PlanError);
    }),
  );
});

describe('what is no plan is refused, with its line', () => {
  const text = planText(PLAN);
  test.each([
    [text.replace('grade-plan/1', 'grade-plan/2'), 1, '"schema" should be one of tcplab/grade-plan/1'],
    [text.replace('"students":["ada"', '"students":["eve"'), 2, 'its student is none of the header'],
    [
      text.replace('"slug":"listen"},"folder"', '"slug":"other"},"folder"'),
      2,
      'its exercise is none of the header',
    ],
    [`${text}${text.split('\n')[1]}\n`, 12, 'there was a row for this student and exercise'],
    [
      text.replace('2026-03-01T20:00:00.000Z', 'yesterday'),
      2,
      '"submittedAt" should be a time with its offset',
    ],
  ])('%#', (broken, line, sentence) => {
    expect(() => parsePlan(broken)).toThrow(`line ${line} of the plan: ${sentence}`);
  });
});

test('the shards of a plan are a division of it, whatever the order of its rows', () => {
  fc.assert(
    fc.property(anyPlan, fc.integer({ min: 1, max: 9 }), fc.integer(), (plan, count, seed) => {
      const indices = Array.from({ length: count }, (_, n) => n + 1);
      const shards = indices.map((index) => shardRows(plan, index, count));
      expect(new Set(shards.flat())).toEqual(new Set(plan.rows));
      expect(shards.flat()).toHaveLength(plan.rows.length);
      const shuffled = {
        ...plan,
        rows: plan.rows.toSorted((a, b) => order(a.digest, seed) - order(b.digest, seed)),
      };
      expect(indices.map((index) => shardRows(shuffled, index, count))).toEqual(shards);
    }),
  );
});

function order(text: string, seed: number): number {
  return Array.from(text).reduce((sum, character) => (sum * 31 + character.charCodeAt(0) + seed) % 1_009, 7);
}

test('no shard has more to do than another by more than one run', () => {
  const lasts = new Map(EXERCISES.map(({ number, lastsMs }) => [number, lastsMs]));
  fc.assert(
    fc.property(anyPlan, fc.integer({ min: 1, max: 9 }), (plan, count) => {
      const loads = Array.from({ length: count }, (_, n) =>
        shardRows(plan, n + 1, count).reduce(
          (sum, { exercise }) => sum + (lasts.get(exercise.number) ?? 0),
          0,
        ),
      );
      expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(Math.max(...lasts.values()));
    }),
  );
});

test.each([
  [0, 1],
  [2, 1],
  [1, 0],
  [1.5, 2],
])('there is no shard %d of %d', (index, count) => {
  expect(() => shardRows(PLAN, index, count)).toThrow(RangeError);
});

test('the key is of student, exercise, digest and suite, and of nothing else', () => {
  const row = planned('ada', EXERCISES[0] ?? expect.fail('no exercise'), null);
  const keys = [
    workKey(row, 'a'),
    workKey({ ...row, student: 'Ada' }, 'a'),
    workKey({ ...row, digest: `${row.digest}0` }, 'a'),
    workKey({ ...row, exercise: { number: 2, slug: 'handshake' } }, 'a'),
    workKey(row, 'b'),
  ];
  expect(new Set(keys).size).toBe(keys.length);
  expect(
    workKey({ ...row, folder: 'elsewhere', submittedAt: '2026-01-01T00:00:00Z' } as typeof row, 'a'),
  ).toBe(keys[0]);
});

test('what is still to do has no terminal row, and knows how often it was tried', () => {
  expect(toDo(PLAN, ROWS)).toEqual([]);
  const [first, second] = PLAN.rows;
  if (first === undefined || second === undefined) throw new Error('no rows');
  const left = toDo(PLAN, [rowOf(first), rowOf(second, { status: 'infra', terminal: false })]);
  expect(left).toHaveLength(PLAN.rows.length - 1);
  expect(left[0]).toMatchObject({ row: second, attempts: 1 });
  expect(left[1]).toMatchObject({ attempts: 0 });
});

test.each(CATALOG.map((exercise) => [exercise.slug, exercise] as const))(
  '%s is planned with all of its points',
  (_slug, exercise) => {
    const { points, checks } = plannedExercise(exercise);
    expect(checks.reduce((sum, check) => sum + check.points, 0)).toBe(points);
    expect(checks.map(({ id }) => id)).toEqual(exercise.checks.map(({ id }) => id));
  },
);
