import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ANSWER_TEXT, exerciseOf } from '../making.ts';

export function make(submissions: string, student: string): void {
  const folder = exerciseOf(submissions, student);
  writeFileSync(join(folder, 'client.ts'), ANSWER_TEXT);
  const names = [
    'a\nb.ts',
    '\u001b[2J.ts',
    '\u202etxt.ts',
    '=HYPERLINK("x").ts',
    '<script>.ts',
    '..\\up.ts',
    '-rf.ts',
    'CLIENT.TS',
  ];
  for (const name of names) writeFileSync(join(folder, name), 'export {};\n');
  writeFileSync(
    Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0xfe]), Buffer.from('.ts')]),
    '',
  );
  mkdirSync(join(folder, '\u0000'.replace('\0', 'nul')));
}
