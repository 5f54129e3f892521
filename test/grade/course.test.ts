import { describe, expect, test } from 'vitest';
import { CourseError, mustFit, PLAIN_COURSE, parseCourse } from '../../lab/grade/course.ts';
import { lateness } from '../../lab/grade/late.ts';
import { COURSE, COURSE_TEXT, EXERCISES } from './hand-made.ts';

test('a course is read, with a byte order mark, too', () => {
  expect(COURSE.exercises.get(4)).toMatchObject({ slug: 'syn-rcvd', weight: 28, canvasId: 4711 });
  expect(COURSE.hidden).toEqual([
    {
      number: 4,
      slug: null,
      check: 'given-up',
      sentence: 'One more check is told after the due date.',
      release: '2026-03-10T12:00:00Z',
    },
  ]);
  expect(COURSE.students.get('noether')?.due.get(27)).toBe('2026-03-20T00:00:00Z');
  expect(parseCourse(`\uFEFF${COURSE_TEXT}`)).toEqual(COURSE);
  expect(parseCourse('{"schema":"tcplab/course/1","title":"tcplab"}')).toEqual(PLAIN_COURSE);
});

describe('a mistake is told with its place', () => {
  const course = (more: object): string => JSON.stringify({ schema: 'tcplab/course/1', title: 'x', ...more });
  test.each([
    ['{', 'not-json', 'course.json: no JSON: '],
    ['[]', 'field', '"course.json" should be an object, not []'],
    ['{"title":"x"}', 'field', '"schema" should be one of tcplab/course/1, not nothing'],
    [
      course({ hiden: [] }),
      'field',
      '"hiden" should be one of schema, title, due, late, release, exercises, hidden, students, not []',
    ],
    [
      course({ due: '2026-03-01' }),
      'field',
      '"due" should be a time with its offset, such as "2026-03-01T23:59:00+01:00", not "2026-03-01"',
    ],
    [course({ due: '2026-02-31T25:00:00Z' }), 'field', '"due" should be a time'],
    [
      course({ late: { percentPerDay: 110 } }),
      'field',
      '"late.percentPerDay" should be a number from 0 to 100, not 110',
    ],
    [
      course({ exercises: { 'syn-rcvd': {} } }),
      'field',
      '"exercises.syn-rcvd" should be called "4" or "04-syn-rcvd", not "syn-rcvd"',
    ],
    [
      course({ exercises: { 4: { checks: { held: -1 } } } }),
      'field',
      '"exercises.4.checks.held" should be a number of at least 0',
    ],
    [
      course({ hidden: [{ exercise: '4', check: 'held' }] }),
      'field',
      '"hidden[0].sentence" should be text, not nothing',
    ],
    [
      course({ students: { ada: { mail: 'x' } } }),
      'field',
      '"students.ada.mail" should be one of name, email',
    ],
  ])('%#', (text, code, sentence) => {
    let caught: unknown;
    try {
      parseCourse(text);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(CourseError);
    expect(caught).toMatchObject({ code });
    expect((caught as Error).message).toContain(sentence);
  });

  test.each([
    [
      { hidden: [{ exercise: '4', check: 'hold', sentence: 's' }] },
      'exercise 4 has no check "hold". It has answered, held, given-up',
    ],
    [
      { hidden: [{ exercise: '04-syn-recvd', check: 'held', sentence: 's' }] },
      'exercise 4 is called "syn-rcvd", not "syn-recvd"',
    ],
    [{ exercises: { 4: { checks: { hold: 1 } } } }, 'exercise 4 has no check "hold"'],
    [{ exercises: { '01-listens': {} } }, 'exercise 1 is called "listen", not "listens"'],
  ])('a name that is not there: %#', (more, sentence) => {
    expect(() => mustFit(parseCourse(course(more)), EXERCISES)).toThrow(sentence);
  });

  test('an exercise that is not planned is no mistake', () => {
    mustFit(parseCourse(course({ hidden: [{ exercise: '9', check: 'x', sentence: 's' }] })), EXERCISES);
  });
});

describe('lateness', () => {
  const policy = { graceMinutes: 10, percentPerDay: 10, mostPercent: 25, closesAfterDays: 7 };
  const due = '2026-03-01T23:59:00+01:00';
  test.each([
    ['2026-03-01T22:59:00Z', null],
    ['2026-03-01T23:09:00Z', null],
    ['2026-03-01T23:09:01Z', { days: 1, percent: 10 }],
    ['2026-03-02T22:59:00Z', { days: 1, percent: 10 }],
    ['2026-03-02T22:59:01Z', { days: 2, percent: 20 }],
    ['2026-03-08T22:59:00Z', { days: 7, percent: 25 }],
    ['2026-03-08T22:59:01Z', { days: 8, percent: 100 }],
  ])('%s', (submittedAt, late) => {
    expect(lateness(submittedAt, due, policy)).toEqual(late);
  });

  test('without a policy it costs nothing', () => {
    expect(lateness('2026-03-02T22:00:00Z', due, null)).toEqual({ days: 1, percent: 0 });
  });
});
