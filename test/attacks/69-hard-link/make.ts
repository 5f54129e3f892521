import { linkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ANSWER_TEXT, exerciseOf } from '../making.ts';

export function make(submissions: string, student: string): void {
  const secret = join(submissions, '.secret');
  writeFileSync(secret, ANSWER_TEXT);
  linkSync(secret, join(exerciseOf(submissions, student), 'client.ts'));
}
