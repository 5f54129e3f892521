import { expect, test } from 'vitest';
import { exerciseNamed } from '../../lab/exercises/catalog.ts';
import { GrowError, grownPlan } from '../../lab/grade/grow-plan.ts';
import { type GradePlan, type PlannedRow, plannedExercise, workKey } from '../../lab/grade/plan.ts';
import { inventedRow } from './invented-row.ts';

const SLUGS: Readonly<Record<number, string>> = { 4: 'syn-rcvd', 10: 'half-close' };

function row(student: string, number: number, digest = 'd1'): PlannedRow {
  const exercise = { number, slug: SLUGS[number] ?? '' };
  return { student, exercise, folder: `intake/${student}/${number}`, digest, submittedAt: null };
}

function plan(
  rows: readonly PlannedRow[],
  suite = 'suite-1',
  trouble: GradePlan['header']['trouble'] = [],
): GradePlan {
  const numbers = [...new Set(rows.map(({ exercise }) => exercise.number))].sort((a, b) => a - b);
  return {
    header: {
      schema: 'tcplab/grade-plan/1',
      suite,
      madeAt: '2026-01-01T00:00:00.000Z',
      source: '/submissions',
      exercises: numbers.map((number) => plannedExercise(exerciseNamed(String(number)))),
      students: [...new Set(rows.map(({ student }) => student))].sort(),
      trouble,
    },
    rows,
  };
}

const names = ({ rows }: GradePlan): string[] =>
  rows.map(({ student, exercise, digest }) => `${student} ${exercise.number} ${digest}`);

test('a plan for the whole class takes the place of the one before', () => {
  const now = plan([row('ada', 4)]);
  expect(grownPlan(plan([row('ben', 10)]), now, {}, [])).toBe(now);
  expect(grownPlan(undefined, now, { students: ['ada'] }, [])).toBe(now);
});

test("one for a student brings that student's rows, and leaves the others' as they were", () => {
  const before = plan([row('ada', 4), row('ada', 10), row('ben', 4)]);
  const now = plan([row('ada', 4, 'd2'), row('ben', 4, 'd2'), row('cleo', 4)]);
  const grown = grownPlan(before, now, { students: ['ada', 'cleo'] }, []);
  expect(names(grown)).toEqual(['ada 4 d2', 'ben 4 d1', 'cleo 4 d1']);
  expect(grown.header.students).toEqual(['ada', 'ben', 'cleo']);
});

test('one for an exercise adds its column, for everybody who has handed it in', () => {
  const before = plan([row('ada', 4), row('ben', 4)]);
  const grown = grownPlan(before, plan([row('ada', 10), row('ben', 10)]), { exercises: [10] }, []);
  expect(names(grown)).toEqual(['ada 4 d1', 'ada 10 d1', 'ben 4 d1', 'ben 10 d1']);
  expect(grown.header.exercises.map(({ number }) => number)).toEqual([4, 10]);
});

test('what others have handed in for a new exercise is planned, and not missing', () => {
  const before = plan([row('ada', 4), row('ben', 4)]);
  const now = plan([row('ada', 10), row('ben', 10)]);
  const grown = grownPlan(before, now, { students: ['ada'], exercises: [10] }, []);
  expect(names(grown)).toContain('ben 10 d1');
});

test('sentences about the part are the new ones, those about others stay', () => {
  const before = plan([row('ada', 4), row('ben', 4)], 'suite-1', [
    { student: 'ada', exercise: 4, sentence: 'old' },
    { student: 'ben', exercise: 4, sentence: 'stays' },
  ]);
  const now = plan([row('ada', 4)], 'suite-1', [
    { student: 'ada', exercise: 4, sentence: 'new' },
    { student: 'ben', exercise: 4, sentence: 'not asked for' },
  ]);
  const { trouble } = grownPlan(before, now, { students: ['ada'] }, []).header;
  expect(trouble.map(({ sentence }) => sentence)).toEqual(['new', 'stays']);
});

test('verdicts of other checks are not mixed in, and not lost', () => {
  const before = plan([row('ada', 4), row('ben', 4)]);
  const now = plan([row('ada', 4)], 'suite-2');
  const work = { ...row('ben', 4), suite: 'suite-1', attempt: 1, seed: 's', files: [] };
  const judged = inventedRow({ ...work, key: workKey(work, 'suite-1') }, 'w');
  expect(() => grownPlan(before, now, { students: ['ada'] }, [judged])).toThrow(GrowError);
  expect(grownPlan(before, now, { students: ['ada'] }, [])).toBe(now);
});
