import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { exerciseOf } from '../making.ts';

export function make(submissions: string, student: string): void {
  execFileSync('mkfifo', [join(exerciseOf(submissions, student), 'client.ts')]);
}
