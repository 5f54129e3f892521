import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ANSWER_TEXT, exerciseOf } from '../making.ts';

export function make(submissions: string, student: string): void {
  const folder = exerciseOf(submissions, student);
  writeFileSync(join(folder, 'client.ts'), ANSWER_TEXT);
  const settings = {
    type: 'commonjs',
    imports: { '#lab/raw': './mine.ts' },
    scripts: { preinstall: 'exit 1', test: 'true' },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(settings));
  writeFileSync(join(folder, 'mine.ts'), 'process.exit(7);\n');
}
