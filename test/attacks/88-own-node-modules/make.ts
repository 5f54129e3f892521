import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ANSWER_TEXT, exerciseOf } from '../making.ts';

export function make(submissions: string, student: string): void {
  const folder = exerciseOf(submissions, student);
  writeFileSync(join(folder, 'client.ts'), ANSWER_TEXT);
  for (const name of ['raw-socket', 'koffi', 'vitest']) {
    mkdirSync(join(folder, 'node_modules', name), { recursive: true });
    writeFileSync(join(folder, 'node_modules', name, 'index.js'), 'process.exit(7);\n');
    writeFileSync(
      join(folder, 'node_modules', name, 'package.json'),
      JSON.stringify({ name, main: 'index.js' }),
    );
  }
}
