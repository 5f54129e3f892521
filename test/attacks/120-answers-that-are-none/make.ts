import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export function make(submissions: string, student: string): void {
  const folder = join(submissions, student, '28-incident');
  mkdirSync(folder, { recursive: true });
  const deep = '{"web":'.repeat(4_000) + '['.repeat(15_000) + ']'.repeat(15_000) + '}'.repeat(4_000);
  writeFileSync(join(folder, 'answers.json'), deep);
}
