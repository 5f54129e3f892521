import type { EntryView, StudentView } from '../view.ts';
import { manyLines, oneLine } from './plain-text.ts';
import { runText } from './run-text.ts';
import { outcomeWords, statusSentence, statusWord } from './words.ts';

/**
 * For anything that reads JUnit: a suite for each piece of work, a test a check, in the form that vitest's reporter, Surefire and
 * Jenkins share. A check that could not be judged is an error; one that was skipped, or work that was not handed in, is skipped.
 * github.com/jenkinsci/xunit-plugin, junit-10.xsd (Surefire's form); vitest.dev/guide/reporters#junit-reporter
 */
export function junitXml(title: string, views: readonly StudentView[]): string {
  const suites = views.flatMap(({ student, entries }) => entries.map((entry) => suite(student, entry)));
  const total = (key: keyof Counts): number => suites.reduce((sum, { counts }) => sum + counts[key], 0);
  const counts = { tests: total('tests'), failures: total('failures'), errors: total('errors') };
  const ms = views.flatMap(({ entries }) => entries).reduce((sum, entry) => sum + (entry.ms ?? 0), 0);
  const all = suites.map(({ text }) => text).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes({ name: title, ...counts, time: seconds(ms) })}>\n${all}</testsuites>\n`;
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

type Outcome = 'passed' | 'failures' | 'errors' | 'skipped';

interface Case {
  readonly outcome: Outcome;
  readonly text: string;
}

function suite(student: string, entry: EntryView): { readonly counts: Counts; readonly text: string } {
  const { exercise, score, maxPoints, submittedAt, row, ms } = entry;
  const name = `${student} ${String(exercise.number).padStart(2, '0')}-${exercise.slug}`;
  const cases = suiteCases(name, entry);
  const count = (outcome: Outcome): number => cases.filter((each) => each.outcome === outcome).length;
  const counts = {
    tests: cases.length,
    failures: count('failures'),
    errors: count('errors'),
    skipped: count('skipped'),
  };
  const properties = {
    student,
    status: statusWord(entry),
    ...(score === null ? {} : { score, points: maxPoints }),
    ...(submittedAt === null ? {} : { submittedAt }),
  };
  const timestamp = row === null ? {} : { timestamp: new Date(row.startedAt).toISOString().slice(0, 19) };
  const text = [
    `  <testsuite${attributes({ name, ...counts, time: seconds(ms ?? 0), ...timestamp })}>\n    <properties>\n`,
    ...Object.entries(properties).map(
      ([key, value]) => `      <property${attributes({ name: key, value })}/>\n`,
    ),
    '    </properties>\n',
    ...cases.map((each) => each.text),
    '  </testsuite>\n',
  ].join('');
  return { counts, text };
}

/** The checks of a piece of work; where nothing was judged, one case that says so. */
function suiteCases(name: string, entry: EntryView): Case[] {
  if (entry.state !== 'judged')
    return [testCase(name, 'handed in and judged', 0, 'skipped', { message: outcomeWords(entry) }, '')];
  if (entry.row?.result === null) {
    const outcome = entry.points === null ? 'errors' : 'failures';
    const said = { message: statusSentence(entry) ?? statusWord(entry), type: statusWord(entry) };
    return [testCase(name, 'runs to its end', entry.ms ?? 0, outcome, said, '')];
  }
  return entry.checks.map(({ title, verdict, result }) => {
    const outcome = outcomeOf(verdict);
    const said = {
      message: result?.message ?? outcomeWords(entry),
      type: result?.because ?? verdict ?? 'none',
    };
    return testCase(name, title, result?.ms ?? 0, outcome, said, result === null ? '' : runText(result));
  });
}

function outcomeOf(verdict: EntryView['checks'][number]['verdict']): Outcome {
  switch (verdict) {
    case 'pass':
      return 'passed';
    case 'fail':
      return 'failures';
    case 'inconclusive':
    case 'error':
      return 'errors';
    case 'skipped':
    case null:
      return 'skipped';
  }
}

const ELEMENTS = { failures: 'failure', errors: 'error', skipped: 'skipped' } as const;

function testCase(
  classname: string,
  name: string,
  ms: number,
  outcome: Outcome,
  said: { readonly message: string; readonly type?: string },
  details: string,
): Case {
  const opening = `    <testcase${attributes({ classname, name, time: seconds(ms) })}`;
  if (outcome === 'passed') return { outcome, text: `${opening}/>\n` };
  const element = ELEMENTS[outcome];
  const inner =
    details === '' || outcome === 'skipped'
      ? `<${element}${attributes(said)}/>`
      : `<${element}${attributes(said)}>${xml(manyLines(details))}</${element}>`;
  return { outcome, text: `${opening}>\n      ${inner}\n    </testcase>\n` };
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([key, value]) => ` ${key}="${xml(oneLine(String(value)))}"`)
    .join('');
}

/** Everything XML 1.0 forbids is gone already: those are characters that cannot be seen. https://www.w3.org/TR/xml/#charsets */
function xml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Milliseconds as the schemas want seconds. */
function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3);
}
