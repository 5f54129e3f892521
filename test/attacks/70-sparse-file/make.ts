import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exerciseOf } from '../making.ts';

export function make(submissions: string, student: string): void {
  const file = join(exerciseOf(submissions, student), 'client.ts');
  writeFileSync(file, '');
  truncateSync(file, 2 ** 40);
}
