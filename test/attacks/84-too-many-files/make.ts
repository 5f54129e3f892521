import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exerciseOf } from '../making.ts';

export function make(submissions: string, student: string): void {
  const folder = exerciseOf(submissions, student);
  for (let n = 0; n < 105; n += 1) {
    mkdirSync(join(folder, `${n}`));
    for (let k = 0; k < 100; k += 1) writeFileSync(join(folder, `${n}`, `${k}.ts`), '');
  }
}
