import type { StudentView } from '../view.ts';
import { manyLines, oneLine } from './plain-text.ts';
import { runText } from './run-text.ts';
import { type Adjustment, adjustment, lateSentence, MARKS, statusSentence } from './words.ts';

/** A test case of `results.json`, with all that Gradescope needs not to guess at. */
interface TestCase {
  readonly number: string;
  readonly name: string;
  readonly name_format: 'text';
  readonly score: number;
  readonly max_score: number;
  readonly status?: 'passed' | 'failed';
  readonly output: string;
  readonly output_format: 'text';
  readonly visibility: 'visible' | 'hidden';
}

/**
 * For Gradescope: `results.json` of one student's submission, a test a check. Every test of the instructor's view is there with its
 * points; those that the student may not see yet are `hidden`, and then Gradescope does not show the total either. All text is
 * `text`, never HTML, Markdown or ANSI; what the autograder prints is hidden. Without a score there is no test, but a sentence.
 * https://gradescope-autograders.readthedocs.io/en/latest/specs/
 */
export function gradescopeJson(full: StudentView, shown: StudentView): string {
  const seconds = full.entries.reduce((sum, { ms }) => sum + (ms ?? 0), 0) / 1_000;
  const tests = full.entries.flatMap((entry, n) => {
    if (entry.points === null) return [];
    const isAllShown = shown.entries[n]?.withheld.length === 0;
    const visible = new Set(shown.entries[n]?.checks.map(({ id }) => id));
    const { number } = entry.exercise;
    const checks = entry.checks.map(
      ({ id, title, verdict, points, maxPoints, result }, m): TestCase => ({
        number: `${number}.${m + 1}`,
        name: oneLine(`${number}. ${verdict === null ? '·' : MARKS[verdict]} ${title}`),
        name_format: 'text',
        score: points,
        max_score: maxPoints,
        ...(verdict === null ? {} : { status: verdict === 'pass' ? 'passed' : 'failed' }),
        output: result === null ? '' : manyLines(runText(result)),
        output_format: 'text',
        visibility: visible.has(id) ? 'visible' : 'hidden',
      }),
    );
    const adjusted = adjustment(entry);
    return adjusted === null ? checks : [...checks, adjusting(number, adjusted, isAllShown)];
  });
  const document = {
    score: full.score,
    execution_time: seconds,
    output: manyLines(sentences(shown).join('\n')),
    output_format: 'text',
    test_output_format: 'text',
    test_name_format: 'text',
    stdout_visibility: 'hidden',
    tests,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** What lateness takes away, or a person has decided, as a test of its own. It tells all points, so a student sees it only with all of them. */
function adjusting(exercise: number, { id, name, points, sentence }: Adjustment, isShown: boolean): TestCase {
  return {
    number: `${exercise}.${id}`,
    name: `${exercise}. ${name}`,
    name_format: 'text',
    score: points,
    max_score: 0,
    output: manyLines(sentence),
    output_format: 'text',
    visibility: isShown ? 'visible' : 'hidden',
  };
}

/** What a student reads above the tests. */
function sentences({ entries, trouble }: StudentView): string[] {
  const each = entries.flatMap((entry) =>
    [statusSentence(entry), lateSentence(entry), ...entry.withheld].flatMap((sentence) =>
      sentence === null ? [] : [`${entry.exercise.number}. ${sentence}`],
    ),
  );
  return [...trouble, ...each];
}
