import type { ExerciseResult, PredictionResult } from '../exercise/result.ts';
import type { BookCheck, BookEntry, BookExercise, BookStudent, EntryState, Gradebook } from './gradebook.ts';
import type { Late } from './late.ts';
import { afterPenalty, hundredths } from './points.ts';
import type { GradeRow, LimitKind, RunStatus } from './row.ts';

/** Who reads, and when. A student sees a hidden check once its time has come, or when all are released. */
export type Reader =
  | { readonly who: 'instructor' }
  | { readonly who: 'student'; readonly at: string; readonly releaseAll: boolean };

/** A student's work on one exercise, as a reader may see it. What is withheld has left nothing in it but its sentence. */
export interface EntryView {
  readonly exercise: Pick<BookExercise, 'number' | 'slug' | 'title' | 'weight'>;
  readonly state: EntryState;
  readonly status: RunStatus | null;
  readonly limit: LimitKind | null;
  readonly because: string | null;
  readonly submittedAt: string | null;
  readonly due: string | null;
  readonly late: Late | null;
  readonly checks: readonly Omit<BookCheck, 'hidden'>[];
  /** What students read in the place of hidden checks, each sentence once. */
  readonly withheld: readonly string[];
  /** For the checks that are shown; null: there is no score, and nothing is charged. */
  readonly points: number | null;
  /** The same, less what lateness costs; or what a person has decided. */
  readonly score: number | null;
  readonly decided: BookEntry['decided'];
  readonly maxPoints: number;
  readonly predictions: readonly PredictionResult[];
  /** Each socket's path by host, as in `ExerciseResult`; null when it may not be shown, or nothing was judged. */
  readonly seen: ExerciseResult['seen'] | null;
  /** What there is to draw of the run, as in `GradeRow`; null when it may not be shown, or there is nothing. */
  readonly sketch: string | null;
  /** What the instructor should look at; nothing for a student. */
  readonly forPerson: readonly string[];
  /** Where and how it was run, for the instructor; null for a student. */
  readonly row: GradeRow | null;
  readonly ms: number | null;
}

export interface StudentView {
  readonly student: string;
  readonly known: BookStudent['known'];
  readonly entries: readonly EntryView[];
  readonly trouble: readonly string[];
  readonly score: number;
  readonly maxPoints: number;
  /** The weighed total of what has a score; null when nothing has. */
  readonly percent: number | null;
  /** How many exercises have no score yet. */
  readonly unscored: number;
}

/** What a reader may see of a student's work: the only thing that pages and files for students are made of. */
export function studentView(book: Gradebook, student: BookStudent, reader: Reader): StudentView {
  const entries = book.exercises.flatMap((exercise, n) => {
    const entry = student.entries[n];
    return entry === undefined ? [] : [entryView(exercise, entry, reader)];
  });
  const counted = entries.filter((entry) => entry.score !== null && entry.maxPoints > 0);
  const weights = sum(counted.map(({ exercise }) => exercise.weight));
  const share = sum(
    counted.map(({ exercise, score, maxPoints }) => (exercise.weight * (score ?? 0)) / maxPoints),
  );
  return {
    student: student.student,
    known: student.known,
    entries,
    trouble: student.trouble,
    score: hundredths(sum(counted.map(({ score }) => score ?? 0))),
    maxPoints: sum(counted.map(({ maxPoints }) => maxPoints)),
    percent: weights > 0 ? hundredths((100 * share) / weights) : null,
    unscored: entries.filter(({ score }) => score === null).length,
  };
}

function entryView(exercise: BookExercise, entry: BookEntry, reader: Reader): EntryView {
  const { row, decided } = entry;
  // Whoever decides has looked at the clock, too.
  const late = decided === null ? entry.late : null;
  const isInstructor = reader.who === 'instructor';
  const withheld = entry.checks.filter((check) => isWithheld(check, reader));
  const checks = entry.checks
    .filter((check) => !withheld.includes(check))
    .map(({ hidden: _hidden, ...check }) => check);
  const earned = sum(checks.map((check) => check.points));
  const points = decided === null && hasNoScore(entry, checks) ? null : earned;
  const maxPoints = sum(checks.map((check) => check.maxPoints));
  return {
    exercise: {
      number: exercise.number,
      slug: exercise.slug,
      title: exercise.title,
      weight: exercise.weight,
    },
    state: decided === null ? entry.state : 'judged',
    status: row?.status ?? null,
    limit: row?.limit ?? null,
    because: row?.because ?? null,
    submittedAt: entry.submittedAt,
    due: entry.due,
    late,
    checks,
    withheld: [...new Set(withheld.map(({ hidden }) => hidden?.sentence ?? ''))],
    points,
    score: decided?.points ?? (points === null ? null : afterPenalty(points, late?.percent ?? 0)),
    decided,
    maxPoints,
    // What the kernel did may tell how a hidden check came out.
    predictions: withheld.length > 0 ? [] : (row?.result?.predictions ?? []),
    seen: withheld.length > 0 ? null : (row?.result?.seen ?? null),
    sketch: withheld.length > 0 ? null : (row?.sketch ?? null),
    forPerson: isInstructor && decided === null ? forPerson(entry) : [],
    row: isInstructor ? row : null,
    ms: row?.ms ?? null,
  };
}

function isWithheld({ hidden }: BookCheck, reader: Reader): boolean {
  if (hidden === null || reader.who === 'instructor' || reader.releaseAll) return false;
  return hidden.release === null || Date.parse(reader.at) < Date.parse(hidden.release);
}

/** Whether the lab is to blame for there being no verdict, or there is none yet. */
function hasNoScore({ state, row }: BookEntry, checks: readonly Omit<BookCheck, 'hidden'>[]): boolean {
  if (state === 'waiting' || state === 'open' || row?.status === 'infra') return true;
  return checks.some(({ verdict }) => verdict === 'inconclusive' || verdict === 'error');
}

/** Sentences about what a machine should not decide. */
function forPerson({ row, checks, due, submittedAt, state }: BookEntry): string[] {
  const unsure = checks.filter(({ verdict }) => verdict === 'inconclusive' || verdict === 'error');
  return [
    ...(row?.status === 'tamper' ? (row.tamper ?? ['It looks like tampering.']) : []),
    ...(row?.status === 'infra'
      ? [`The lab failed ${row.attempt} times, so there is no score. Judge it anew with --rerun error.`]
      : []),
    ...(row?.status !== 'infra' && unsure.length > 0
      ? [`Not settled: ${unsure.map(({ title }) => title).join('; ')}. There is no score: judge it anew.`]
      : []),
    ...(state !== 'missing' && state !== 'open' && due !== null && submittedAt === null
      ? ['Nobody knows when it was handed in: it counts as in time.']
      : []),
  ];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
