import type { Gradebook } from '../../grade/gradebook.ts';
import type { RunStatus } from '../../grade/row.ts';

/** What came of a grading, in numbers. */
export interface Summary {
  readonly students: number;
  readonly planned: number;
  /** Judged now; the others had their verdict already. */
  readonly judged: number;
  /** Planned rows without a verdict. */
  readonly open: number;
  /** By status: how many rows ended so. */
  readonly statuses: Readonly<Partial<Record<RunStatus, number>>>;
  /** Rows of which every check passed, and nothing else was wrong. */
  readonly passed: number;
  /** Rows that a person should look at. */
  readonly tamper: readonly string[];
  /** What was odd about submissions, a sentence each. */
  readonly trouble: readonly string[];
  /** What could not be judged as its files have changed since the plan, a sentence each. */
  readonly unreadable: readonly string[];
  readonly out: string;
}

export function summary(
  { students }: Gradebook,
  counts: Pick<Summary, 'planned' | 'judged' | 'open' | 'unreadable' | 'out'>,
): Summary {
  const statuses: Partial<Record<RunStatus, number>> = {};
  const tamper: string[] = [];
  let passed = 0;
  for (const { student, entries } of students) {
    for (const { row } of entries) {
      if (row === null) continue;
      statuses[row.status] = (statuses[row.status] ?? 0) + 1;
      if (row.status === 'ok' && row.result?.verdict === 'pass') passed += 1;
      if (row.status === 'tamper')
        tamper.push(`${student}, exercise ${row.exercise.number}: ${row.tamper?.join(' ') ?? ''}`);
    }
  }
  return {
    ...counts,
    students: students.length,
    statuses,
    passed,
    tamper,
    trouble: students.flatMap(({ student, trouble }) => trouble.map((sentence) => `${student}: ${sentence}`)),
  };
}

const MOST_SHOWN = 10;

/** How many runs ended in a way, for people. */
const WORDS: Readonly<Record<RunStatus, string>> = {
  ok: 'judged to the end',
  student_error: 'did not start',
  timeout: 'took too long',
  limit: 'stopped at a limit',
  tamper: 'for a person to look at',
  infra: 'without a score, as the lab failed',
};

/** The summary for people, a line each. */
export function summaryLines(told: Summary): string[] {
  const { students, planned, judged, open, statuses, passed, tamper, trouble, unreadable, out } = told;
  const notPassed = (statuses.ok ?? 0) - passed;
  const counts = [
    `${passed} passed`,
    ...(notPassed > 0 ? [`${notPassed} did not`] : []),
    ...Object.entries(WORDS).flatMap(([status, words]) => {
      const count = status === 'ok' ? 0 : (statuses[status as RunStatus] ?? 0);
      return count > 0 ? [`${count} ${words}`] : [];
    }),
  ];
  return [
    `${count(students, 'student')}, ${count(planned, 'run')} (${judged} judged now): ${counts.join(', ')}.`,
    ...section('For a person to look at:', tamper),
    ...section('Odd about submissions:', trouble),
    ...unreadableLines(unreadable),
    '',
    open === 0
      ? `Every one has a verdict. Open ${out}/gradebook.html`
      : `${open} of ${planned} ${open === 1 ? 'has' : 'have'} no verdict yet; the others are in ${out}/gradebook.html. To judge the rest: grade the folder again, without --only and --exercise.`,
  ];
}

/** What could not be judged, for people. */
export function unreadableLines(unreadable: readonly string[]): string[] {
  return section('Not judged:', [...new Set(unreadable)]);
}

function section(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const more = lines.length - MOST_SHOWN;
  return [
    ...['', title],
    ...lines.slice(0, MOST_SHOWN).map((line) => `  ${line}`),
    ...(more > 0 ? [`  … and ${more} more, in the gradebook`] : []),
  ];
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
