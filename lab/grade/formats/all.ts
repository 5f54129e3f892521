import type { Gradebook } from '../gradebook.ts';
import { type Reader, studentView } from '../view.ts';
import { canvasCsv } from './canvas.ts';
import { checksCsv, gradebookCsv } from './csv.ts';
import type { OutputFile } from './file.ts';
import { fileName } from './file-name.ts';
import { githubFiles } from './github.ts';
import { gradebookPage } from './gradebook-page.ts';
import { gradescopeJson } from './gradescope.ts';
import { junitXml } from './junit.ts';
import { moodleCsv } from './moodle.ts';
import type { Pictures } from './pictures.ts';
import { studentPage } from './student-page.ts';

export interface FormatOptions {
  /** Now, as ISO 8601: hidden checks whose time has come are shown to students. */
  readonly at: string;
  /** Shows students every hidden check, whatever its time. */
  readonly releaseAll?: boolean;
  /** Draws the runs on the pages; nothing is drawn when not said. */
  readonly pictures?: Pictures;
}

/**
 * Every file of a gradebook, one at a time, so that a big course need not be in memory as text. `students/`, `github/`,
 * `canvas.csv` and `moodle.csv` hold what students may see; all the rest is for the instructor, `gradescope/` for Gradescope, which
 * keeps what it is told to hide.
 */
export function* eachFormat(book: Gradebook, options: FormatOptions): Generator<OutputFile> {
  const student: Reader = { who: 'student', at: options.at, releaseAll: options.releaseAll ?? false };
  const full = book.students.map((each) => studentView(book, each, { who: 'instructor' }));
  const shown = book.students.map((each) => studentView(book, each, student));
  const { title, madeAt } = book;
  yield { path: 'gradebook.html', text: gradebookPage(book, full, 'review') };
  yield { path: 'gradebook.csv', text: gradebookCsv(book, full) };
  yield { path: 'checks.csv', text: checksCsv(full) };
  yield { path: 'junit.xml', text: junitXml(title, full) };
  yield { path: 'canvas.csv', text: canvasCsv(book, shown) };
  yield { path: 'moodle.csv', text: moodleCsv(book, shown) };
  for (const [n, view] of shown.entries()) {
    const whole = full[n];
    if (whole === undefined) continue;
    const name = fileName(view.student);
    yield { path: `review/${name}.html`, text: studentPage(title, madeAt, whole, options.pictures) };
    yield { path: `students/${name}.html`, text: studentPage(title, madeAt, view, options.pictures) };
    yield { path: `gradescope/${name}/results.json`, text: gradescopeJson(whole, view) };
    yield* githubFiles(title, view, `github/${name}`);
  }
}

/** The same, all at once. */
export function allFormats(book: Gradebook, options: FormatOptions): OutputFile[] {
  return [...eachFormat(book, options)];
}
