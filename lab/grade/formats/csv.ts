import type { Gradebook } from '../gradebook.ts';
import type { EntryView, StudentView } from '../view.ts';
import { csvText } from './csv-text.ts';
import { lateSentence, statusWord } from './words.ts';

/** Tells Excel that the rest is UTF-8; other spreadsheets know it, too. */
const BYTE_ORDER_MARK = '\uFEFF';

/** For a spreadsheet: a row a student, with the points of each exercise after lateness; empty where there is no score. */
export function gradebookCsv(book: Gradebook, views: readonly StudentView[]): string {
  const heading = [
    'Student',
    'Name',
    'Percent',
    'Points',
    'Points possible',
    'To look at',
    ...book.exercises.map(({ number, title }) => `${number}. ${title}`),
  ];
  const rows = views.map((view) => [
    view.student,
    view.known.name ?? null,
    view.percent,
    view.score,
    view.maxPoints,
    view.entries.filter(({ forPerson }) => forPerson.length > 0).length,
    ...view.entries.map(({ score }) => score),
  ]);
  return BYTE_ORDER_MARK + csvText([heading, ...rows]);
}

/** For a spreadsheet: a row for each check of each student's work, and one for work without checks. */
export function checksCsv(views: readonly StudentView[]): string {
  const heading = [
    'Student',
    'Exercise',
    'Slug',
    'Status',
    'Submitted',
    'Late',
    'Exercise score',
    'Check',
    'Verdict',
    'Points',
    'Points possible',
    'Message',
  ];
  const rows = views.flatMap((view) =>
    view.entries.flatMap((entry) => {
      const work = workCells(view, entry);
      if (entry.state !== 'judged' || entry.checks.length === 0)
        return [[...work, null, null, null, entry.maxPoints, entry.because]];
      return entry.checks.map(({ id, verdict, points, maxPoints, result }) => [
        ...work,
        id,
        verdict,
        entry.points === null ? null : points,
        maxPoints,
        result?.message ?? entry.because,
      ]);
    }),
  );
  return BYTE_ORDER_MARK + csvText([heading, ...rows]);
}

function workCells({ student }: StudentView, entry: EntryView): (string | number | null)[] {
  const { exercise, submittedAt, score } = entry;
  return [
    student,
    exercise.number,
    exercise.slug,
    statusWord(entry),
    submittedAt,
    lateSentence(entry),
    score,
  ];
}
