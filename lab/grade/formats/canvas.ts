import type { BookExercise, Gradebook } from '../gradebook.ts';
import type { StudentView } from '../view.ts';
import { csvText } from './csv-text.ts';

/**
 * For Canvas: Grades, Import. The columns are `Student`, `ID`, `SIS User ID`, `SIS Login ID`, `Section`, then one an exercise,
 * with its points in the row `Points Possible`. Canvas finds a student by the first of ID, SIS User ID, SIS Login ID and name that
 * it knows, an assignment by the number in brackets or by its name, and leaves an empty cell as it is there.
 * What is withheld from students has no points in it yet; Points Possible counts it, so that it is the same later.
 * github.com/instructure/canvas-lms, lib/gradebook_importer.rb;
 * https://teaching.resources.osu.edu/toolsets/carmencanvas/guides/calculating-final-grades/import-csv-file-carmen-grades
 */
export function canvasCsv(book: Gradebook, views: readonly StudentView[]): string {
  const heading = [
    'Student',
    'ID',
    'SIS User ID',
    'SIS Login ID',
    'Section',
    ...book.exercises.map(assignment),
  ];
  const possible = [
    '    Points Possible',
    null,
    null,
    null,
    null,
    ...book.exercises.map(({ points }) => points),
  ];
  const rows = views.map(({ student, known, entries }) => [
    studentCell(known.name ?? student),
    known.canvasId ?? null,
    known.idNumber ?? null,
    known.login ?? student,
    known.section ?? null,
    ...entries.map(({ score }) => score),
  ]);
  return csvText([heading, possible, ...rows]);
}

/** Canvas takes the number in brackets at the end for that of the assignment. */
function assignment({ number, title, canvasId }: BookExercise): string {
  const name = `${number}. ${title}`;
  return canvasId === null ? name : `${name} (${canvasId})`;
}

/** A row with these words in its first cell sets the points of all assignments, whoever the student is. */
function studentCell(name: string): string {
  return name.replaceAll(/points possible/gi, (words) => words.replace(' ', '·'));
}
