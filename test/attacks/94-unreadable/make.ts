import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ANSWER_TEXT, exerciseOf } from '../making.ts';

export function make(submissions: string, student: string): void {
  const file = join(exerciseOf(submissions, student), 'client.ts');
  writeFileSync(file, ANSWER_TEXT);
  chmodSync(file, 0o4000);
}
