import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ANSWER_TEXT, exerciseOf } from '../making.ts';

export function make(submissions: string, student: string): void {
  const mine = `// All my own work.\n${ANSWER_TEXT.replace(/^\/\/.*\n/gm, '').replaceAll('peer', 'other')}`;
  writeFileSync(join(exerciseOf(submissions, student), 'client.ts'), mine);
}
