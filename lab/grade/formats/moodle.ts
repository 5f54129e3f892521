import type { Gradebook } from '../gradebook.ts';
import type { EntryView, StudentView } from '../view.ts';
import { csvText } from './csv-text.ts';
import { escaped } from './escaped.ts';
import { lateSentence, outcomeWords, statusSentence } from './words.ts';

/**
 * For Moodle: Grades, Import, CSV file. Map `Username`, `ID number` or `Email address` to the field of the same name, each column
 * with `(Real)` to its grade item and the one with `(Feedback)` to that item's feedback: both, because feedback alone takes the
 * grade away. An empty cell is no grade. Moodle refuses the file for a student whom it does not know, and a grade above the site's highest
 * (100 when not set). Feedback is shown as HTML, so it is written as such.
 * https://docs.moodle.org/311/en/Grade_import; github.com/moodle/moodle, grade/import/csv/classes/load_data.php
 */
export function moodleCsv(book: Gradebook, views: readonly StudentView[]): string {
  const items = book.exercises.flatMap(({ number, title }) => [
    `${number}. ${title} (Real)`,
    `${number}. ${title} (Feedback)`,
  ]);
  const rows = views.map(({ student, known, entries }) => [
    known.login ?? student,
    known.idNumber ?? null,
    known.email ?? null,
    ...entries.flatMap((entry) => [entry.score, escaped(feedback(entry))]),
  ]);
  return csvText([['Username', 'ID number', 'Email address', ...items], ...rows]);
}

function feedback(entry: EntryView): string {
  const sentences = [
    `${outcomeWords(entry)}.`,
    statusSentence(entry),
    lateSentence(entry),
    ...entry.withheld,
  ];
  return sentences.filter((sentence) => sentence !== null).join(' ');
}
