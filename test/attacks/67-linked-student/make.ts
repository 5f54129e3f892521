import { symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ANSWER } from '../making.ts';

export function make(submissions: string, student: string): void {
  symlinkSync(dirname(ANSWER), join(submissions, student));
}
