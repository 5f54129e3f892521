import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { replaceDerivedFile } from '../sys/replace-file.ts';
import type { Course } from './course.ts';
import { eachFormat, type FormatOptions } from './formats/all.ts';
import { type Gradebook, gradebook } from './gradebook.ts';
import type { GradePlan } from './plan.ts';
import type { GradeRow } from './row.ts';

/** Writes the gradebook in every format into a folder. @returns the book. */
export function writeBook(
  folder: string,
  { plan, rows, course }: { plan: GradePlan; rows: readonly GradeRow[]; course: Course },
  options: FormatOptions,
): Gradebook {
  const book = gradebook(plan, rows, course);
  for (const { path, text } of eachFormat(book, options)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    replaceDerivedFile(file, text);
  }
  return book;
}
