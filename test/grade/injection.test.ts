import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExerciseResult } from '../../lab/exercise/result.ts';
import { allFormats } from '../../lab/grade/formats/all.ts';
import type { OutputFile } from '../../lab/grade/formats/file.ts';
import { fileName } from '../../lab/grade/formats/file-name.ts';
import { gradebook } from '../../lab/grade/gradebook.ts';
import type { GradePlan, PlannedRow } from '../../lab/grade/plan.ts';
import { sketchOf } from '../../lab/grade/sketch/sketch.ts';
import { withTexts } from '../report/with-texts.ts';
import { AFTER, COURSE, EXERCISES, NO_ACK, planned, planOf, resultOf, rowOf } from './hand-made.ts';
import { carelessCells, markdownSigns, skeleton, strictCsv, unseen } from './reading.ts';

const ATTACKS = [
  '=HYPERLINK("http://198.18.0.9","x")',
  "=cmd|' /C calc'!A0",
  '@SUM(1+1)',
  '+1',
  '-1+1',
  '\t=1',
  '\r\n=1',
  ';=1',
  '";=1',
  '", =1',
  ' =1',
  '＝1',
  '</script><script>alert(1)</script>',
  '</style></title></pre></textarea><img src=x onerror=alert(1)>',
  '"><a href="javascript:alert(1)">',
  "' onmouseover='alert(1)",
  '<!--',
  ']]>',
  '<![CDATA[',
  '<!ENTITY x SYSTEM "file:///etc/passwd">',
  '&lt;b&gt;',
  '&#0;',
  '\u202egnp.exe',
  '\u2066\u2069',
  '\u001b[2J\u001b]8;;http://198.18.0.9\u0007',
  '\u009b31m',
  '\u0000',
  '\ud800',
  '\udfff',
  '\ufffe',
  '\u2028',
  '\u2065',
  '\u3164',
  '\u{e0041}',
  '\u{e0002}',
  '\ufeff',
  '../../etc/passwd',
  'C:\\con',
  '::error::x',
  '\n::set-env name=PATH::x',
  '##[command]x',
  '|a|b|',
  '```',
  '\n# x\n- y\n1. z\n> q',
  '![x](http://198.18.0.9)',
  '[x]: http://198.18.0.9',
  '*a* _b_ ~c~ $d$ @e #1',
  '</pre>\n\n# x',
  '__proto__',
  'constructor',
  'Points Possible',
  'Manual Posting',
  '',
] as const;

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(...ATTACKS),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.string({ maxLength: 8 }),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join(''));

/** A plan of two students whose names, outputs and sentences are all said by somebody who means harm; `twin` for none. */
function files(name: string, text: string, isDrawn = false): OutputFile[] {
  const rows = EXERCISES.map((exercise) => planned(name, exercise, '2026-03-03T10:00:00.000Z'));
  const plan: GradePlan = planOf([name, 'ada'], rows);
  const trouble = [
    { student: name, exercise: 4, sentence: text },
    { student: name, sentence: text },
  ];
  const [first, second, third] = rows as [PlannedRow, PlannedRow, PlannedRow];
  const book = gradebook(
    { ...plan, header: { ...plan.header, trouble } },
    [
      rowOf(first, {
        status: 'tamper',
        tamper: [text],
        because: text,
        worker: text,
        seed: text,
        result: everySaid(text, EXERCISES[0]),
        sketch: text,
      }),
      rowOf(second, {
        status: 'student_error',
        because: text,
        result: everySaid(text, EXERCISES[1]),
        ...(isDrawn ? { sketch: sketchOf(withTexts([text]), [1]) } : {}),
      }),
      rowOf(third, { status: 'limit', limit: 'output', because: text }),
    ],
    COURSE,
  );
  return allFormats(book, AFTER);
}

/** A result in which everything that can be text is this text. */
function everySaid(text: string, exercise = EXERCISES[0]): ExerciseResult {
  if (exercise === undefined) throw new Error('no exercise');
  const fate = {
    ...NO_ACK,
    because: text,
    message: text,
    help: text,
    steps: [{ n: 1, host: text, action: text, expected: text, observed: text, atMs: 1 }],
    hosts: [{ host: text, expected: text, observed: text }],
    evidence: (['ss', 'segment', 'trace'] as const).map((kind) => ({ kind, host: text, text: `${text}x` })),
  };
  const result = resultOf(exercise, fate, 'skipped');
  const predictions = [
    { id: text, ask: text, choices: { a: text }, predicted: text, kernel: 'a', hint: text },
  ];
  const checks = result.checks.map((check) =>
    check.id === 'runs' ? { ...check, id: `runs ${text}`, title: text } : check,
  );
  return {
    ...result,
    kernel: text,
    tool: text,
    from: text,
    predictions,
    checks,
    seen: { [text]: [text, 'ESTABLISHED for 1.0 ms, to the end'] },
  };
}

/** Paths differ with the name: in the order in which they come they mean the same. */
const TWIN = files('student', 'x');
const DRAWN_TWIN = files('student', 'x', true);

function inPairs(all: readonly OutputFile[], like = TWIN): { file: OutputFile; twin: OutputFile }[] {
  const order = (list: readonly OutputFile[]): OutputFile[] =>
    list.toSorted((a, b) => (kind(a.path) < kind(b.path) ? -1 : 1));
  const twins = order(like);
  expect(all).toHaveLength(twins.length);
  return order(all).map((file, n) => ({ file, twin: twins[n] ?? file }));
}

/** A path without the student's name, unless it is Ada. */
function kind(path: string): string {
  const [folder = '', name = '', ...rest] = path.split('/');
  if (name === '') return path;
  return [folder, /^(ada|hopper|noether)(\.|$)/.test(name) ? name : '?', ...rest].join('/');
}

/** Every text in a JSON document. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

const anyone = hostile.filter((name) => !['ada', 'hopper', 'noether'].includes(name));

describe('whatever a student is called and prints', () => {
  const holds = (check: (file: OutputFile, twin: OutputFile) => void, numRuns = 60): void => {
    fc.assert(
      fc.property(anyone, hostile, (name, text) => {
        for (const { file, twin } of inPairs(files(name, text))) check(file, twin);
      }),
      { numRuns },
    );
  };

  test('pages and XML have the same elements and attributes', () => {
    holds((file, twin) => {
      if (!/\.(html|xml)$/.test(file.path)) return;
      const inner = (text: string): string => text.replace(/<style>[^<]*<\/style>/, '');
      // A name decides where its row is.
      expect(skeleton(inner(file.text)).sort()).toEqual(skeleton(inner(twin.text)).sort());
    });
  });

  test('pictures of runs have only the elements and attributes that others have', () => {
    const drawn = (markup: string): string[] => markup.match(/<svg .*?<\/svg>/gs) ?? [];
    fc.assert(
      fc.property(hostile, (text) => {
        for (const { file, twin } of inPairs(files('student', text, true), DRAWN_TWIN)) {
          if (!/^(students|review)\/student/.test(file.path)) continue;
          const known = new Set(drawn(twin.text).flatMap(skeleton));
          expect(drawn(file.text)).toHaveLength(5);
          expect(
            drawn(file.text)
              .flatMap(skeleton)
              .filter((tag) => !known.has(tag)),
          ).toEqual([]);
          expect(unseen(file.text)).toEqual([]);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('tables have the same rows, columns and numbers, and no cell is a formula, however carelessly it is read', () => {
    holds((file, twin) => {
      if (!file.path.endsWith('.csv')) return;
      const shape = (text: string): string[] =>
        strictCsv(text)
          .map((row) => row.map((cell) => (/^[\d.]*$/.test(cell) ? 'n' : 't')).join(''))
          .sort();
      const numbers = (text: string): string => text.replaceAll(/"(?:[^"]|"")*"/g, 't');
      expect(shape(file.text).map((row) => row.length)).toEqual(shape(twin.text).map((row) => row.length));
      expect(numbers(file.text).split('\r\n').sort()).toEqual(numbers(twin.text).split('\r\n').sort());
      expect(carelessCells(file.text).filter((cell) => /^[=+\-@＝＋－＠]/u.test(cell))).toEqual([]);
    });
  });

  test('only one row of Canvas sets the points', () => {
    holds((file) => {
      if (file.path === 'canvas.csv')
        expect(strictCsv(file.text).filter(([first]) => /Points Possible/.test(first ?? ''))).toHaveLength(1);
    });
  });

  test('JSON is JSON with the same shape', () => {
    const shape = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shape);
      if (typeof value !== 'object' || value === null) return typeof value;
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shape(each)]));
    };
    holds((file, twin) => {
      if (file.path.endsWith('.json'))
        expect(shape(JSON.parse(file.text))).toEqual(shape(JSON.parse(twin.text)));
    });
  });

  test('Markdown means the same, and what a runner prints of a result begins no line', () => {
    holds((file, twin) => {
      if (file.path.endsWith('.md')) expect(markdownSigns(file.text)).toBe(markdownSigns(twin.text));
      if (file.path.startsWith('github/') && file.path.endsWith('.json')) {
        const { tests } = JSON.parse(file.text) as { tests: { name: string; message: string }[] };
        for (const { name, message } of tests) expect(name + message).not.toMatch(/[\r\n]/);
      }
      if (file.path.endsWith('.env'))
        expect(file.text).toMatch(/^(EXERCISE_\d\d_RESULTS=[A-Za-z0-9+/=]+\n)+$/);
    });
  });

  test('no file has a character that cannot be seen, or half of one', () => {
    holds((file) => {
      const text = file.path.endsWith('.csv')
        ? file.text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
        : file.text;
      expect(unseen(text)).toEqual([]);
      expect(text.isWellFormed()).toBe(true);
      if (file.path.endsWith('.json')) expect(unseen(texts(JSON.parse(text)).join(''))).toEqual([]);
    });
  });

  test('paths stay below the folder, are plain, and do not collide', () => {
    holds((file) => {
      expect(file.path).toMatch(/^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/);
      expect(file.path).not.toContain('..');
    });
    fc.assert(
      fc.property(fc.uniqueArray(hostile), (names) => {
        expect(new Set(names.map((name) => fileName(name).toLowerCase())).size).toBe(names.length);
      }),
    );
  });
});

test.each([
  ['ada', 'ada'],
  ['ada.lovelace_1-b', 'ada.lovelace_1-b'],
  ['Ada', /^ada-[0-9a-f]{20}$/],
  ['con', /^con-[0-9a-f]{20}$/],
  ['nul.txt', /^nul-txt-[0-9a-f]{20}$/],
  ['..', /^student-[0-9a-f]{20}$/],
  ['', /^student-[0-9a-f]{20}$/],
  [`ada-${'0'.repeat(20)}`, /^ada-0+-[0-9a-f]{20}$/],
  ['x'.repeat(1_000_000), /^x{24}-[0-9a-f]{20}$/],
  ['Łukasz Żółw', /^ukasz-z-o-w-[0-9a-f]{20}$/],
])('%.20s has a file name', (name, expected) => {
  expect(fileName(name)).toMatch(expected instanceof RegExp ? expected : new RegExp(`^${expected}$`));
});

test('a line of a megabyte is there whole, but for a summary, which GitHub would not take', () => {
  const line = '<"=;\u001b\ud800'.repeat(150_000);
  const exercise = EXERCISES[0] ?? expect.fail('no exercise');
  const row = planned('student', exercise, null);
  const fate = { ...NO_ACK, message: line, evidence: [{ kind: 'ss' as const, host: 'client', text: line }] };
  const book = gradebook(planOf(['student'], [row]), [
    rowOf(row, { result: resultOf(exercise, fate, 'skipped') }),
  ]);
  const all = new Map(allFormats(book, AFTER).map((file) => [file.path, file.text]));
  const page = all.get('students/student.html') ?? '';
  expect(page.match(/&lt;&quot;=;‹U\+001B›\ufffd/g)?.length).toBe(300_000);
  expect(
    strictCsv(all.get('checks.csv') ?? '')
      .flat()
      .find((cell) => cell.startsWith('<')),
  ).toHaveLength(14 * 150_000);
  const summary = all.get('github/student/summary.md') ?? '';
  expect(Buffer.byteLength(summary)).toBeLessThan(1 << 20);
  expect(summary).toContain('There is more than fits here');
});

test('a page loads nothing, runs nothing, and may do neither', () => {
  for (const { path, text } of [...TWIN, ...DRAWN_TWIN].filter((file) => file.path.endsWith('.html'))) {
    expect(text).toMatch(
      /<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-[A-Za-z0-9+/]{43}=&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;">/,
    );
    expect(text, path).not.toMatch(
      /<(script|img|link|iframe|object|embed|form|base)\b|\b(src|srcset|action)=|@import|url\((?!#)/,
    );
    expect(
      [...text.matchAll(/href="([^"]*)"/g)]
        .map(([, href]) => href)
        .filter((href) => !/^(review\/[a-z0-9._-]+\.html|#tcplab-figure)$/.test(href ?? '')),
    ).toEqual([]);
  }
});
