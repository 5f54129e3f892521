import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ANSWER_TEXT, exerciseOf } from '../making.ts';

export function make(submissions: string, student: string): void {
  const comment = `// ${'x'.repeat(10_000_000)}\n`;
  writeFileSync(join(exerciseOf(submissions, student), 'client.ts'), comment + ANSWER_TEXT);
}
