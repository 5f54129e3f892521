import { allFormats } from '../../lab/grade/formats/all.ts';
import type { OutputFile } from '../../lab/grade/formats/file.ts';
import { gradebook } from '../../lab/grade/gradebook.ts';
import { AFTER, BEFORE, COURSE, PLAN, ROWS } from './hand-made.ts';

/** Where the golden files are. */
export const GOLDEN = 'test/grade/golden';

/** Everything of the hand-made journal, before the release; and the page of a student for whom that changes something, after it. */
export function goldenFiles(): OutputFile[] {
  const book = gradebook(PLAN, ROWS, COURSE);
  const after = allFormats(book, AFTER).filter(({ path }) => path === 'students/ada.html');
  return [
    ...allFormats(book, BEFORE).filter(({ path }) => !/hopper|noether/.test(path)),
    ...after.map(({ text }) => ({ path: 'students/ada-released.html', text })),
  ];
}
