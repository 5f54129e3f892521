import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ANSWER, exerciseOf } from '../making.ts';

export function make(submissions: string, student: string): void {
  symlinkSync(ANSWER, join(exerciseOf(submissions, student), 'client.ts'));
}
