import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exerciseOf } from '../making.ts';

export function make(submissions: string, student: string): void {
  writeFileSync(join(exerciseOf(submissions, student), 'client.ts'), '');
}
