import type { Gradebook } from '../../grade/gradebook.ts';

/** What came of a grading, in numbers. */
export interface Summary {
  readonly students: number;
  readonly planned: number;
  /** Judged now; the others had their verdict already. */
  readonly judged: number;
  /** Planned rows without a verdict. */
  readonly open: number;
  /** By status: how many rows ended so. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly passed: number;
  /** Rows that a person should look at. */
  readonly tamper: readonly string[];
  /** What was odd about submissions, a sentence each. */
  readonly trouble: readonly string[];
  readonly out: string;
}

export function summary(
  { students }: Gradebook,
  counts: Pick<Summary, 'planned' | 'judged' | 'open' | 'out'>,
): Summary {
  const statuses: Record<string, number> = {};
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

const MOST_TROUBLE = 10;

export function summaryLines({
  students,
  planned,
  judged,
  open,
  statuses,
  passed,
  tamper,
  trouble,
  out,
}: Summary): string[] {
  const others = Object.entries(statuses)
    .filter(([status]) => status !== 'ok')
    .map(([status, count]) => `${count} ${status}`);
  return [
    `${students} ${students === 1 ? 'student' : 'students'}, ${planned} submissions of exercises, ${judged} judged now: ${passed} passed everything${others.length === 0 ? '' : `; ${others.join(', ')}`}.`,
    ...(tamper.length === 0 ? [] : ['', 'For a person to look at:', ...tamper.map((line) => `  ${line}`)]),
    ...(trouble.length === 0
      ? []
      : [
          '',
          'Odd about submissions (all of it is in the gradebook):',
          ...trouble.slice(0, MOST_TROUBLE).map((line) => `  ${line}`),
          ...(trouble.length > MOST_TROUBLE ? [`  … and ${trouble.length - MOST_TROUBLE} more`] : []),
        ]),
    '',
    open === 0
      ? `Every one has a verdict. Open ${out}/gradebook.html`
      : `${open} ${open === 1 ? 'has' : 'have'} no verdict yet. Run the same command again: it goes on where it stopped.`,
  ];
}
