import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCourse } from '../../lab/grade/course.ts';
import { allFormats } from '../../lab/grade/formats/all.ts';
import { type Gradebook, gradebook } from '../../lab/grade/gradebook.ts';
import { type Reader, type StudentView, studentView } from '../../lab/grade/view.ts';
import {
  BEFORE,
  COURSE,
  EXERCISES,
  HOSTILE,
  PLAN,
  planned,
  planOf,
  ROWS,
  resultOf,
  rowOf,
} from './hand-made.ts';

const INSTRUCTOR: Reader = { who: 'instructor' };
const STUDENT: Reader = { who: 'student', at: BEFORE.at, releaseAll: false };
const BOOK = gradebook(PLAN, ROWS, COURSE);

function view(book: Gradebook, name: string, reader = INSTRUCTOR): StudentView {
  const student = book.students.find((each) => each.student === name) ?? expect.fail(`no ${name}`);
  return studentView(book, student, reader);
}

const scores = (name: string, reader = INSTRUCTOR) =>
  view(BOOK, name, reader).entries.map(({ score }) => score);

test('what each status, lateness and silence come to', () => {
  expect(scores('ada')).toEqual([10, 9, 9.6]);
  expect(scores('grace')).toEqual([0, 14, null]);
  expect(scores(HOSTILE)).toEqual([5, 3, 0]);
  expect(scores('noether')).toEqual([null, 0, null]);
  expect(scores('hopper')).toEqual([0, 0, 0]);
  expect(view(BOOK, 'noether').entries.map(({ state }) => state)).toEqual(['judged', 'missing', 'open']);
});

test('the total weighs what has a score, and only that', () => {
  const { percent, score, maxPoints, unscored } = view(BOOK, 'ada');
  expect({ percent, score, maxPoints, unscored }).toEqual({
    percent: 75.2,
    score: 28.6,
    maxPoints: 36,
    unscored: 0,
  });
  expect(percent).toBeCloseTo((100 * (10 * 1 + (28 * 9) / 14 + (12 * 9.6) / 12)) / 50, 6);
  expect(view(BOOK, 'grace')).toMatchObject({ percent: 73.68, score: 14, maxPoints: 24, unscored: 1 });
  const empty = gradebook(
    planOf(['x'], []),
    [],
    parseCourse('{"schema":"tcplab/course/1","title":"x","due":"2030-01-01T00:00:00Z"}'),
  );
  expect(view(empty, 'x')).toMatchObject({ percent: null, unscored: 3 });
});

test('a person is told of what a machine should not decide, and a student is not', () => {
  const told = (name: string, reader: Reader) =>
    view(BOOK, name, reader).entries.flatMap(({ forPerson }) => forPerson);
  expect(told('grace', INSTRUCTOR)).toEqual([
    expect.stringContaining('It wrote to /proc/1/mem'),
    'Nobody knows when it was handed in: it counts as in time.',
    'The lab failed 3 times, so there is no score. Judge it anew with --rerun error.',
  ]);
  expect(told('noether', INSTRUCTOR)).toEqual([expect.stringContaining('Not settled: The server listens')]);
  for (const { student } of BOOK.students) expect(told(student, STUDENT)).toEqual([]);
});

test('what a person has decided stands: points, no lateness, and nothing more to look at', () => {
  const decided = (student: string, exercise: string, points: number) =>
    parseCourse(
      JSON.stringify({
        ...{ schema: 'tcplab/course/1', title: 'x', due: '2000-01-01T00:00:00Z' },
        students: { [student]: { decided: { [exercise]: { points, because: 'We have talked.' } } } },
      }),
    );
  // It looked like tampering.
  const [tampered] = view(gradebook(PLAN, ROWS, decided('grace', '1', 7.5)), 'grace').entries;
  expect(tampered).toMatchObject({ score: 7.5, maxPoints: 10, late: null, forPerson: [] });
  // There was no verdict.
  const [unsettled] = view(gradebook(PLAN, ROWS, decided('noether', '1', 10)), 'noether', STUDENT).entries;
  expect(unsettled).toMatchObject({ state: 'judged', score: 10, decided: { because: 'We have talked.' } });
  const files = allFormats(gradebook(PLAN, ROWS, decided('grace', '1', 7.5)), BEFORE);
  const file = (path: string) => files.find((each) => each.path === path)?.text ?? '';
  expect(file('students/grace.html')).toContain('Decided by a person: We have talked.');
  const { tests } = JSON.parse(file('gradescope/grace/results.json')) as {
    tests: { number: string; name: string; score: number }[];
  };
  const ofFirst = tests.filter(({ number }) => number.startsWith('1.'));
  expect(ofFirst.reduce((sum, { score }) => sum + score, 0)).toBe(7.5);
  expect(ofFirst.at(-1)?.name).toBe('1. Decided by a person');
});

test('when the course says when something was handed in, nobody asks the files', () => {
  const lateBy = (submitted: unknown) => {
    const course = parseCourse(
      JSON.stringify({
        ...{ schema: 'tcplab/course/1', title: 'x', due: '2000-01-01T00:00:00Z' },
        students: { ada: { submitted } },
      }),
    );
    return view(gradebook(PLAN, ROWS, course), 'ada').entries.map(({ late }) => late?.days ?? null);
  };
  const ofFiles = lateBy({});
  expect(ofFiles).not.toContain(null);
  expect(lateBy('1999-12-31T23:00:00Z')).toEqual(ofFiles.map(() => null));
  expect(lateBy('2000-01-02T12:00:00Z')).toEqual(ofFiles.map(() => 2));
  expect(lateBy({ '4': '1999-12-31T23:00:00Z' })).toEqual(ofFiles.with(1, null));
  expect(() => lateBy('yesterday')).toThrow('"students.ada.submitted" should be a time');
  expect(() => lateBy({ '4': 'yesterday' })).toThrow('"students.ada.submitted.4" should be a time');
});

test('weights of checks divide the points anew', () => {
  const course = parseCourse(
    '{"schema":"tcplab/course/1","title":"x","exercises":{"4":{"checks":{"answered":0,"held":4,"given-up":3}}}}',
  );
  const [, synRcvd] = view(gradebook(PLAN, ROWS, course), 'ada').entries;
  expect(synRcvd?.checks.map(({ points, maxPoints }) => [points, maxPoints])).toEqual([
    [0, 0],
    [0, 0],
    [8, 8],
    [0, 6],
  ]);
});

describe('hidden checks', () => {
  const hide = (check: string, release?: string) => ({
    exercise: '4',
    check,
    sentence: `later: ${check.length}`,
    ...(release === undefined ? {} : { release }),
  });
  const course = (...hidden: object[]) =>
    parseCourse(JSON.stringify({ schema: 'tcplab/course/1', title: 'x', hidden }));
  const shown = (reader: Reader, ...hidden: object[]) => {
    const entry = view(gradebook(PLAN, ROWS, course(...hidden)), 'ada', reader).entries[1];
    return {
      ids: entry?.checks.map(({ id }) => id),
      withheld: entry?.withheld,
      points: entry?.points,
      maxPoints: entry?.maxPoints,
    };
  };
  const at = (time: string, releaseAll = false): Reader => ({ who: 'student', at: time, releaseAll });

  test('one is not there for a student until its time, nor are its points', () => {
    const hidden = hide('given-up', '2026-03-10T13:00:00+01:00');
    const withheld = { ids: ['runs', 'answered', 'held'], withheld: ['later: 8'], points: 9, maxPoints: 9 };
    const all = { ids: ['runs', 'answered', 'held', 'given-up'], withheld: [], points: 9, maxPoints: 14 };
    expect(shown(at('2026-03-10T11:59:59Z'), hidden)).toEqual(withheld);
    expect(shown(at('2026-03-10T12:00:00Z'), hidden)).toEqual(all);
    expect(shown(at('2026-03-01T00:00:00Z', true), hidden)).toEqual(all);
    expect(shown(INSTRUCTOR, hidden)).toEqual(all);
    expect(shown(at('2099-01-01T00:00:00Z'), hide('given-up'))).toEqual(withheld);
  });

  test('a check that needs a hidden one is hidden with it, and as long: that it was skipped would tell', () => {
    const hidden = [hide('answered', '2026-03-10T00:00:00Z'), hide('given-up', '2026-03-02T00:00:00Z')];
    const result = { ids: ['runs'], withheld: ['later: 8'], points: 0, maxPoints: 0 };
    expect(shown(at('2026-03-05T00:00:00Z'), ...hidden)).toEqual(result);
    expect(shown(at('2026-03-10T00:00:00Z'), ...hidden).withheld).toEqual([]);
  });

  test('a hidden check that could not be settled does not take the points of the others away', () => {
    const exercise = EXERCISES[1] ?? expect.fail('no exercise');
    const row = planned('x', exercise, null);
    const book = gradebook(
      planOf(['x'], [row]),
      [rowOf(row, { result: resultOf(exercise, 'pass', 'pass', 'inconclusive') })],
      course(hide('given-up')),
    );
    expect(view(book, 'x').entries[1]?.points).toBeNull();
    expect(view(book, 'x', STUDENT).entries[1]?.points).toBe(9);
  });
});

test('a book is a function of plan, rows and course: the same bytes, whatever the order of other rows', () => {
  const bytes = JSON.stringify(allFormats(BOOK, BEFORE));
  const plan = structuredClone(PLAN);
  expect(JSON.stringify(allFormats(gradebook(plan, structuredClone(ROWS), COURSE), BEFORE))).toBe(bytes);
  const [last] = ROWS.slice(-1);
  const firsts = ROWS.slice(0, -1);
  fc.assert(
    fc.property(fc.shuffledSubarray([...firsts], { minLength: firsts.length }), (rows) => {
      const book = gradebook(PLAN, last === undefined ? rows : [...rows, last], COURSE);
      expect(JSON.stringify(allFormats(book, BEFORE))).toBe(bytes);
    }),
    { numRuns: 10 },
  );
});

test('a book of a grading that is under way says what is not judged yet', () => {
  const book = gradebook(PLAN, ROWS.slice(0, 1), COURSE);
  expect(view(book, 'ada').entries.map(({ state, score }) => [state, score])).toEqual([
    ['judged', 10],
    ['waiting', null],
    ['waiting', null],
  ]);
});
