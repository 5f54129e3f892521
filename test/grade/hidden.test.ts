import { describe, expect, test } from 'vitest';
import { allFormats, type FormatOptions } from '../../lab/grade/formats/all.ts';
import type { OutputFile } from '../../lab/grade/formats/file.ts';
import { gradebook } from '../../lab/grade/gradebook.ts';
import { AFTER, BEFORE, COURSE, HIDDEN_SENTENCE, PLAN, ROWS, SECRETS } from './hand-made.ts';

const BOOK = gradebook(PLAN, ROWS, COURSE);

/** What is in a file, also inside of base64 and behind character references. */
function said({ path, text }: OutputFile): string {
  if (!path.endsWith('.env')) return plain(text);
  return text.replaceAll(/=(.*)$/gm, (_all, base64: string) =>
    Buffer.from(base64, 'base64').toString('utf8'),
  );
}

function plain(text: string): string {
  return text
    .replaceAll(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

/** Everything that a student may get to see, of Gradescope's file without what it is told to hide. */
function forStudents(options: FormatOptions): OutputFile[] {
  return allFormats(BOOK, options).flatMap((file) => {
    if (file.path.startsWith('gradescope/')) return [{ ...file, text: visible(file.text) }];
    return /^(students|github)\/|^(canvas|moodle)\.csv$/.test(file.path) ? [file] : [];
  });
}

function visible(json: string): string {
  const {
    tests,
    score: _score,
    ...rest
  } = JSON.parse(json) as { tests: { visibility: string }[]; score: number };
  return JSON.stringify({ ...rest, tests: tests.filter(({ visibility }) => visibility !== 'hidden') });
}

describe('before the release nothing of a hidden check is in what a student sees', () => {
  test.each(forStudents(BEFORE).map((file) => [file.path, said(file)]))('%s', (_path, text) => {
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  });

  test.each(['students/ada.html', 'github/ada/summary.md', 'moodle.csv', 'gradescope/ada/results.json'])(
    '%s has the sentence in its place',
    (path) => {
      const file = forStudents(BEFORE).find((each) => each.path === path) ?? expect.fail(`no ${path}`);
      expect(said(file)).toContain(HIDDEN_SENTENCE);
    },
  );

  test('and it is the same page whatever came of the check', () => {
    const pages = (['pass', 'fail', 'skipped', 'inconclusive'] as const).map((verdict) => {
      const rows = ROWS.map((row) => {
        if (row.student !== 'ada' || row.exercise.number !== 4 || row.result === null) return row;
        const checks = row.result.checks.map((check) =>
          check.id === 'given-up' ? { ...check, verdict, points: verdict === 'pass' ? 5 : 0 } : check,
        );
        return {
          ...row,
          result: { ...row.result, verdict: verdict === 'skipped' ? ('fail' as const) : verdict, checks },
        };
      });
      const files = allFormats(gradebook(PLAN, rows, COURSE), BEFORE);
      return files.filter(({ path }) => /^(students|github)\/ada|^(canvas|moodle)\.csv$/.test(path));
    });
    expect(pages[0]?.length).toBeGreaterThan(4);
    for (const files of pages) expect(files).toEqual(pages[0]);
  });
});

test.each([
  ['the date', AFTER],
  ['a word', { ...BEFORE, releaseAll: true }],
])('%s releases them', (_what, options) => {
  const page = forStudents(options).find(({ path }) => path === 'students/ada.html');
  for (const secret of SECRETS.filter((each) => each !== 'given-up' && each !== 'not-repeated'))
    expect(page?.text).toContain(secret);
  expect(page?.text).not.toContain(HIDDEN_SENTENCE);
});

test('the instructor sees all at any time', () => {
  const files = allFormats(BOOK, BEFORE);
  for (const path of ['review/ada.html', 'junit.xml'])
    expect(files.find((file) => file.path === path)?.text).toContain('it came only once');
});

test('what looks like tampering is for the instructor only', () => {
  const instructors = allFormats(BOOK, AFTER).filter(({ text }) => text.includes('/proc/1/mem'));
  expect(instructors.map(({ path }) => path)).toEqual(['gradebook.html', 'review/grace.html']);
});

test('Gradescope is told all points, and to hide the total with the hidden test', () => {
  const file = allFormats(BOOK, BEFORE).find(({ path }) => path === 'gradescope/ada/results.json');
  const { score, tests } = JSON.parse(file?.text ?? '') as {
    score: number;
    tests: { score: number; visibility: string }[];
  };
  expect(score).toBe(28.6);
  expect(tests.reduce((sum, each) => sum + each.score, 0)).toBeCloseTo(score, 6);
  expect(tests.filter(({ visibility }) => visibility === 'hidden')).toHaveLength(1);
});
