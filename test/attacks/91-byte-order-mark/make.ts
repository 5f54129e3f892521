import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ANSWER_TEXT, exerciseOf } from '../making.ts';

export function make(submissions: string, student: string): void {
  const text = `\ufeff${ANSWER_TEXT.replaceAll('\n', '\r\n')}`;
  writeFileSync(join(exerciseOf(submissions, student), 'client.ts'), text);
}
