import { describe, expect, test } from 'vitest';
import { allFormats, eachFormat } from '../../lab/grade/formats/all.ts';
import { gradebook } from '../../lab/grade/gradebook.ts';
import { AFTER, BEFORE, COURSE, PLAN, ROWS } from './hand-made.ts';
import { strictCsv } from './reading.ts';

const BOOK = gradebook(PLAN, ROWS, COURSE);
const FILES = new Map([...eachFormat(BOOK, AFTER)].map(({ path, text }) => [path, text]));
const file = (path: string): string => FILES.get(path) ?? expect.fail(`no ${path}`);

describe('GitHub Classroom', () => {
  interface Results {
    readonly status: string;
    readonly max_score: number;
    readonly tests: readonly { readonly name: string; readonly status: string; readonly score: number }[];
  }

  /** As the reporter's own main.js and notify-classroom.js read it. */
  function reported(student: string): { all: Results[]; total: number; most: number } {
    const environment = Object.fromEntries(
      file(`github/${student}/results.env`)
        .trimEnd()
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
    const all = file(`github/${student}/runners.txt`)
      .split(',')
      .map(
        (runner) =>
          JSON.parse(
            Buffer.from(environment[`${runner.trim().toUpperCase()}_RESULTS`] ?? '', 'base64').toString(
              'utf8',
            ),
          ) as Results,
      );
    const scored = all.filter((each) => each.max_score);
    return {
      all,
      most: scored.reduce((sum, each) => sum + each.max_score, 0),
      total: scored.reduce((sum, each) => sum + each.tests.reduce((inner, { score }) => inner + score, 0), 0),
    };
  }

  test('its reporter comes to the points of the book', () => {
    const { all, total, most } = reported('ada');
    expect(total).toBeCloseTo(28.6, 6);
    expect(most).toBe(36);
    expect(all.map(({ status }) => status)).toEqual(['pass', 'fail', 'pass']);
  });

  test('without a score there is an error, and nothing to be had; what is not due is left out', () => {
    expect(reported('grace').all[2]).toMatchObject({ status: 'error', max_score: 0 });
    expect(reported('noether').all.map(({ status, max_score }) => [status, max_score])).toEqual([
      ['error', 0],
      ['fail', 14],
    ]);
  });
});

describe('the pictures of a run', () => {
  const before = new Map([...eachFormat(BOOK, BEFORE)].map(({ path, text }) => [path, text]));
  const LADDER = 'The ladder of this run';
  const hostile = [...FILES.keys()].find((path) => path.startsWith('review/hyperlink')) ?? '';

  test('are on the page when it did not pass, with where it failed', () => {
    expect(file(hostile).split(LADDER)).toHaveLength(2);
    expect(file(hostile)).toContain('✘ The server holds SYN_RCVD: expected no segment');
    expect(file(hostile)).toContain('class="failing"');
  });

  test('are not on it when nothing was kept of it, and what cannot be read is said', () => {
    expect(file('review/grace.html')).not.toContain(LADDER);
    expect(file(hostile)).toContain('a sketch that cannot be read');
  });

  test('are withheld with a hidden check', () => {
    expect(before.get('students/ada.html')).not.toContain(LADDER);
    expect(before.get('review/ada.html')).toContain(LADDER);
    expect(file('students/ada.html')).toContain(LADDER);
  });
});

describe('Canvas', () => {
  const [heading = [], possible = [], ...rows] = strictCsv(file('canvas.csv'));

  test('it has the columns that its importer looks for, in their order', () => {
    expect(heading.slice(0, 5)).toEqual(['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section']);
    expect(heading[6]).toBe('4. Hold SYN_RCVD by withholding the final ACK (4711)');
    expect(possible).toEqual(['    Points Possible', '', '', '', '', '10', '14', '12']);
  });

  test('a student is known by numbers and login; no score is an empty cell', () => {
    expect(rows.find(([name]) => name === 'Ada Lovelace')).toEqual([
      'Ada Lovelace',
      '17',
      '1815',
      'al1815',
      'A',
      '10',
      '9',
      '9.6',
    ]);
    expect(rows.find(([name]) => name === 'grace')?.slice(3)).toEqual(['grace', '', '0', '14', '']);
  });

  test('before a release it has only the points that students see', () => {
    const before = allFormats(BOOK, BEFORE).find(({ path }) => path === 'canvas.csv')?.text ?? '';
    const [, , ...all] = strictCsv(before);
    expect(all.find(([name]) => name === 'grace')?.slice(5)).toEqual(['0', '9', '']);
  });
});

test('Moodle has a grade and a feedback column an exercise, and feedback is HTML', () => {
  const [heading = [], ...rows] = strictCsv(file('moodle.csv'));
  expect(heading.slice(0, 5)).toEqual([
    'Username',
    'ID number',
    'Email address',
    '1. Listen with a backlog of your own (Real)',
    '1. Listen with a backlog of your own (Feedback)',
  ]);
  expect(rows.find(([name]) => name === 'al1815')?.slice(1, 4)).toEqual(['1815', 'ada@example.org', '10']);
  expect(rows.find(([name]) => name === 'grace')?.[4]).toContain('Unexpected token &#39;&lt;&#39;.');
});

test('JUnit counts what it has', () => {
  const xml = file('junit.xml');
  const count = (pattern: RegExp): number => xml.match(pattern)?.length ?? 0;
  const [, tests, failures, errors] =
    /<testsuites name="[^"]*" tests="(\d+)" failures="(\d+)" errors="(\d+)"/.exec(xml) ?? [];
  expect([Number(tests), Number(failures), Number(errors)]).toEqual([
    count(/<testcase /g),
    count(/<failure /g),
    count(/<error /g),
  ]);
  expect(count(/<testsuite /g)).toBe(BOOK.students.length * BOOK.exercises.length);
});

test('Gradescope is given text only, and each test’s points', () => {
  const { tests, ...rest } = JSON.parse(file('gradescope/ada/results.json')) as {
    tests: { output_format: string; name_format: string; visibility: string; max_score: number }[];
    score: number;
  };
  expect(rest).toMatchObject({
    score: 28.6,
    stdout_visibility: 'hidden',
    output_format: 'text',
    test_output_format: 'text',
    test_name_format: 'text',
  });
  expect(
    new Set(
      tests.map(
        ({ output_format, name_format, visibility }) => `${output_format} ${name_format} ${visibility}`,
      ),
    ),
  ).toEqual(new Set(['text text visible']));
  expect(tests.reduce((sum, { max_score }) => sum + max_score, 0)).toBe(36);
});
