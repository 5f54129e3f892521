import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ANSWER_TEXT } from '../making.ts';

/** What begins with a point is nobody's submission. */
export function make(submissions: string, student: string): void {
  const other = join(submissions, '.somebody-else');
  mkdirSync(other, { recursive: true });
  writeFileSync(join(other, 'client.ts'), ANSWER_TEXT);
  mkdirSync(join(submissions, student));
  symlinkSync('../.somebody-else', join(submissions, student, '04-syn-rcvd'));
}
